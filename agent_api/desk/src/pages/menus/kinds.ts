// How the kinds of nodes look: one colour and one icon each, everywhere.
import { ChatDotRound, CircleClose, Menu, Promotion, Service, SetUp } from '@element-plus/icons-vue'
import type { Component } from 'vue'
import type { NodeKind } from '@/menus/model'

export const COLOURS: Record<NodeKind, string> = {
  menu: '#1f5a96',
  say: '#6a4fb3',
  task: '#1d8a5b',
  agent: '#b5690c',
  language: '#0c7785',
  end: '#66727f',
}

export const ICONS: Record<NodeKind, Component> = {
  menu: Menu,
  say: ChatDotRound,
  task: SetUp,
  agent: Service,
  language: Promotion,
  end: CircleClose,
}
