// The last days of work: what came, what went, what was left and late. Pure.
import type { EChartsOption } from 'echarts'
import type { Day } from '@/api/monitor'
import { LIGHT } from '@/ui/traffic_chart'

export interface HistoryWords {
  opened: string
  closed: string
  leftOpen: string
  leftLate: string
  /** What the bars count in a day, and the lines at its end. */
  perDay: string
  atEnd: string
}

export function historyChart(days: readonly Day[], words: HistoryWords): EChartsOption {
  const line = { type: 'line', yAxisIndex: 1, symbolSize: 5 } as const
  const axis = { type: 'value', minInterval: 1, axisLabel: { color: LIGHT.text } } as const
  return {
    color: [LIGHT.answered, LIGHT.serviceLevel, '#8a97a8', LIGHT.abandoned],
    textStyle: { color: LIGHT.text },
    animationDuration: 300,
    tooltip: { trigger: 'axis' },
    legend: { top: 0, textStyle: { color: LIGHT.text } },
    grid: { left: 8, right: 8, top: 64, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: days.map((day) => day.day.slice(5)), axisLabel: { color: LIGHT.text }, axisLine: { lineStyle: { color: LIGHT.line } } },
    yAxis: [
      { ...axis, name: words.perDay, nameTextStyle: { align: 'left' }, splitLine: { lineStyle: { color: LIGHT.line } } },
      { ...axis, name: words.atEnd, nameTextStyle: { align: 'right' }, splitLine: { show: false } },
    ],
    series: [
      { name: words.opened, type: 'bar', barMaxWidth: 14, data: days.map((day) => day.opened) },
      { name: words.closed, type: 'bar', barMaxWidth: 14, data: days.map((day) => day.closed) },
      { name: words.leftOpen, ...line, data: days.map((day) => day.left_open) },
      { name: words.leftLate, ...line, data: days.map((day) => day.left_late) },
    ],
  }
}
