// A day's plan as a chart: calls expected and come, agents needed and there. Pure.
import type { EChartsOption } from 'echarts'
import type { PlannedInterval } from '@/api/planner'
import { clock } from '@/ui/format'
import { LIGHT } from '@/ui/traffic_chart'

export interface PlanWords {
  forecast: string
  actual: string
  needed: string
  signedIn: string
  /** What the bars count, and the lines. */
  calls: string
  agents: string
}

const INK = { forecast: '#b9cfe6', actual: LIGHT.answered, needed: '#c77a12', signedIn: LIGHT.serviceLevel }

export function planChart(intervals: readonly PlannedInterval[], words: PlanWords): EChartsOption {
  const line = { type: 'line', step: 'middle', yAxisIndex: 1, symbol: 'none' } as const
  return {
    color: [INK.forecast, INK.actual, INK.needed, INK.signedIn],
    textStyle: { color: LIGHT.text },
    animationDuration: 300,
    tooltip: { trigger: 'axis' },
    legend: { top: 0, textStyle: { color: LIGHT.text } },
    grid: { left: 8, right: 8, top: 48, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: intervals.map((interval) => clock(interval.start)), axisLabel: { color: LIGHT.text }, axisLine: { lineStyle: { color: LIGHT.line } } },
    yAxis: [
      { type: 'value', name: words.calls, nameTextStyle: { align: 'left' }, minInterval: 1, splitLine: { lineStyle: { color: LIGHT.line } }, axisLabel: { color: LIGHT.text } },
      { type: 'value', name: words.agents, nameTextStyle: { align: 'right' }, minInterval: 1, splitLine: { show: false }, axisLabel: { color: LIGHT.text } },
    ],
    series: [
      { name: words.forecast, type: 'bar', barMaxWidth: 14, data: intervals.map((interval) => Math.round(interval.forecast_arrivals * 10) / 10) },
      { name: words.actual, type: 'bar', barMaxWidth: 14, data: intervals.map((interval) => interval.actual_arrivals) },
      { name: words.needed, ...line, data: intervals.map((interval) => interval.agents_needed) },
      { name: words.signedIn, ...line, lineStyle: { type: 'dashed' }, data: intervals.map((interval) => interval.agents_signed_in) },
    ],
  }
}
