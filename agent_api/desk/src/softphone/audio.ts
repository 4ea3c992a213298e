// The browser's sound devices: choice of microphone, speaker, and the ring tone. Knows nothing of calls.
import type { Media } from './sip'

export interface AudioChoice {
  microphone: string
  speaker: string
}

export type AudioProblem = 'insecure_context' | 'no_microphone' | 'permission_denied'

const SAVED = 'desk.audio'
const RING_HZ = [440, 480] as const
const RING_EVERY_MS = 3000
const RING_SECONDS = 1

export function savedChoice(): AudioChoice {
  try {
    return { microphone: '', speaker: '', ...(JSON.parse(localStorage.getItem(SAVED) ?? '{}') as Partial<AudioChoice>) }
  } catch {
    return { microphone: '', speaker: '' }
  }
}

/** Asks for the microphone once, so that no permission question delays the first answer. */
export async function checkMicrophone(): Promise<AudioProblem | null> {
  if (!navigator.mediaDevices) return 'insecure_context'
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    stream.getTracks().forEach((track) => track.stop())
    return null
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'permission_denied' : 'no_microphone'
  }
}

export async function listDevices(): Promise<{ microphones: MediaDeviceInfo[]; speakers: MediaDeviceInfo[] }> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  return {
    microphones: devices.filter((device) => device.kind === 'audioinput' && device.deviceId),
    speakers: devices.filter((device) => device.kind === 'audiooutput' && device.deviceId),
  }
}

export class Speaker implements Media {
  private readonly element = document.createElement('audio')
  private context: AudioContext | null = null
  private ringTimer: number | undefined
  private choice = savedChoice()

  constructor(testId: string) {
    this.element.autoplay = true
    this.element.dataset['testid'] = testId
    document.body.append(this.element)
  }

  async choose(choice: AudioChoice): Promise<void> {
    this.choice = choice
    localStorage.setItem(SAVED, JSON.stringify(choice))
    if (typeof this.element.setSinkId === 'function') await this.element.setSinkId(choice.speaker)
  }

  microphone(): MediaTrackConstraints | true {
    // "ideal", not "exact": a headset that was unplugged must not make the call fail.
    return this.choice.microphone ? { deviceId: { ideal: this.choice.microphone } } : true
  }

  play(stream: MediaStream | null): void {
    this.element.srcObject = stream
  }

  setRinging(ringing: boolean): void {
    window.clearInterval(this.ringTimer)
    this.ringTimer = undefined
    if (!ringing) return void this.context?.suspend()
    this.context ??= new AudioContext()
    void this.context.resume()
    this.ringOnce(this.context)
    this.ringTimer = window.setInterval(() => this.context && this.ringOnce(this.context), RING_EVERY_MS)
  }

  private ringOnce(context: AudioContext): void {
    const volume = context.createGain()
    const end = context.currentTime + RING_SECONDS
    volume.gain.setValueAtTime(0.12, context.currentTime)
    volume.gain.setTargetAtTime(0, end - 0.1, 0.03)
    volume.connect(context.destination)
    for (const hertz of RING_HZ) {
      const tone = new OscillatorNode(context, { frequency: hertz })
      tone.connect(volume)
      tone.start()
      tone.stop(end)
    }
  }
}
