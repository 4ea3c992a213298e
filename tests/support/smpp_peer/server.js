// An SMS centre on a free port: what it gets is told as JSON lines, what it shall do comes as JSON lines.
// The protocol itself is the npm package's; here are only the decisions.
'use strict'
const readline = require('node:readline')
const smpp = require('smpp')

const sessions = new Set()
const tell = (event) => process.stdout.write(JSON.stringify(event) + '\n')
let number = 0

/** Numbers that end so meet this fate. */
const REFUSED = { '0000': smpp.ESME_RINVDSTADR, 9999: smpp.ESME_RTHROTTLED }
const UNDELIVERED = '1111'

function receipt(session, pdu, id) {
  const state = pdu.destination_addr.endsWith(UNDELIVERED) ? 'UNDELIV' : 'DELIVRD'
  const text = `id:${id} sub:001 dlvrd:001 submit date:2611220200 done date:2611220201 stat:${state} err:000 text:`
  const addresses = { source_addr: pdu.destination_addr, destination_addr: pdu.source_addr }
  session.deliver_sm({ ...addresses, esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT, short_message: text })
}

function submitted(session, pdu) {
  const refusal = REFUSED[pdu.destination_addr.slice(-4)]
  if (refusal) return session.send(pdu.response({ command_status: refusal }))
  const id = `x${++number}`
  session.send(pdu.response({ message_id: id }))
  const udh = pdu.short_message.udh ? pdu.short_message.udh.map((part) => part.toString('hex')) : []
  const { destination_addr: to, source_addr: from, data_coding: coding, registered_delivery: receipted } = pdu
  tell({ event: 'submit', id, to, from, coding, receipted, text: pdu.short_message.message, udh })
  if (receipted) receipt(session, pdu, id)
}

const server = smpp.createServer({}, (session) => {
  session.on('error', () => session.close())
  session.on('close', () => sessions.delete(session))
  session.on('enquire_link', (pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu) => session.send(pdu.response()))
  session.on('submit_sm', (pdu) => submitted(session, pdu))
  session.on('bind_transceiver', (pdu) => {
    const good = pdu.system_id === 'hotline' && pdu.password === 'secret'
    session.send(pdu.response(good ? {} : { command_status: smpp.ESME_RINVPASWD }))
    if (!good) return session.close()
    sessions.add(session)
    tell({ event: 'bound' })
  })
})

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line)
  if (order.do === 'close') server.close()
  for (const session of sessions) {
    if (order.do !== 'write') session.destroy()
    else session.deliver_sm({ source_addr: order.from, destination_addr: '10010', short_message: order.text })
  }
}).on('close', () => process.exit(0))

server.listen(0, '127.0.0.1', () => tell({ event: 'listening', port: server.address().port }))
