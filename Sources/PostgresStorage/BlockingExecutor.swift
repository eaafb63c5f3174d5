import Dispatch

/// Runs the jobs of one actor one at a time on a thread outside Swift's
/// cooperative pool. libpq blocks while the server thinks; the cooperative pool
/// has one thread per core, so a few waiting sessions would stop everything else.
final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
