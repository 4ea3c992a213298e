// Intervals as a chart: answered and abandoned as bars, the share answered in time as a line. Pure.
import type { EChartsOption } from 'echarts'
import type { Interval } from '@/api/types'
import { clock, dateTime } from './format'

export interface ChartWords {
  answered: string
  abandoned: string
  serviceLevel: string
  /** What the bars count. */
  unit: string
}

export interface ChartInk {
  text: string
  line: string
  answered: string
  abandoned: string
  serviceLevel: string
}

export const LIGHT: ChartInk = { text: '#5d6b7c', line: '#e2e7ee', answered: '#3a7fc1', abandoned: '#d8695f', serviceLevel: '#1d8a5b' }
export const DARK: ChartInk = { text: '#a3b3c6', line: '#22344a', answered: '#5fa8ec', abandoned: '#ee7272', serviceLevel: '#3cc487' }

export type Minutes = 30 | 1440

export const DAY = 1440

/** The target of K04: 85 % answered within 15 seconds. */
const TARGET_PERCENT = 85

/** Answered in time per request, in percent; null when nobody asked. */
export function serviceLevel(interval: Interval): number | null {
  const asked = interval.answered + interval.abandoned
  return asked === 0 ? null : Math.round((interval.answered_15s / asked) * 1000) / 10
}

export function trafficChart(intervals: readonly Interval[], minutes: Minutes, words: ChartWords, ink: ChartInk): EChartsOption {
  const label = (interval: Interval) => (minutes === DAY ? dateTime(interval.start).slice(5, 10) : clock(interval.start))
  return {
    color: [ink.answered, ink.abandoned, ink.serviceLevel],
    textStyle: { color: ink.text },
    animationDuration: 300,
    tooltip: { trigger: 'axis' },
    legend: { top: 0, textStyle: { color: ink.text } },
    grid: { left: 8, right: 8, top: 48, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      // A star marks what was only partly seen.
      data: intervals.map((interval) => label(interval) + (interval.incomplete ? '*' : '')),
      axisLine: { lineStyle: { color: ink.line } },
      axisLabel: { color: ink.text },
    },
    yAxis: [
      { type: 'value', name: words.unit, nameTextStyle: { color: ink.text, align: 'left' }, minInterval: 1, splitLine: { lineStyle: { color: ink.line } }, axisLabel: { color: ink.text } },
      { type: 'value', min: 0, max: 100, splitLine: { show: false }, axisLabel: { color: ink.text, formatter: '{value}%' } },
    ],
    series: [
      { name: words.answered, type: 'bar', stack: 'calls', barMaxWidth: 26, data: intervals.map((i) => i.answered) },
      { name: words.abandoned, type: 'bar', stack: 'calls', barMaxWidth: 26, data: intervals.map((i) => i.abandoned) },
      {
        name: words.serviceLevel,
        type: 'line',
        yAxisIndex: 1,
        symbolSize: 6,
        data: intervals.map(serviceLevel),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: `${TARGET_PERCENT}%`, position: 'insideStartTop', color: ink.serviceLevel },
          lineStyle: { type: 'dashed', color: ink.serviceLevel },
          data: [{ yAxis: TARGET_PERCENT }],
        },
      },
    ],
  }
}
