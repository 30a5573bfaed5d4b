import type { Job } from '../../domain/jobs.ts'
import { capturePoints, type CapturePointsDeps } from '../../usecases/jobs/capture-points.ts'

export const handleCapture = (
  deps: CapturePointsDeps,
  job: Extract<Job, { kind: 'capture' }>,
): Promise<void> => capturePoints(deps, job)
