import Chronology
import Jobcenter
import Parameters
import Plans
import Views

/// Keeps the latest statuses of plans, and their pages as written, until a registration
/// changes them. The version is read from the store at every call, so that no page is
/// ever older than the ledger.
actor PlanPageCache {
    struct Key: Hashable {
        var plan: String
        var asOf: Day
        var knownAt: Day?
    }

    /// What the page depends on besides the status.
    struct Reader: Hashable {
        var language: Language
        var mayReadSmallCounts: Bool
        /// Links carry the days of the address as they were written.
        var days: [String]
    }

    private struct Kept {
        var version: Int64
        var status: PlanStatus
        var pages: [Reader: WrittenPage] = [:]
    }

    private var kept: [Key: Kept] = [:]
    private var order: [Key] = []
    private let room = 32
    private var versions: [String: SharedRead<Int64>] = [:]

    /// The number of the newest registration of the plan's municipality, read by
    /// `followUp` after the call began.
    func version(of plan: EmploymentPlan, _ followUp: PlanFollowUp) async throws -> Int64 {
        let read =
            versions[plan.id] ?? SharedRead { try await followUp.version(of: plan) }
        versions[plan.id] = read
        return try await read.value()
    }

    func status(_ key: Key, version: Int64) -> PlanStatus? {
        guard let found = kept[key], found.version == version else { return nil }
        return found.status
    }

    func keep(_ status: PlanStatus, _ key: Key, version: Int64) {
        if kept.updateValue(Kept(version: version, status: status), forKey: key) == nil {
            order.append(key)
        }
        if order.count > room { kept[order.removeFirst()] = nil }
    }

    func page(_ key: Key, _ reader: Reader, version: Int64) -> WrittenPage? {
        guard let found = kept[key], found.version == version else { return nil }
        return found.pages[reader]
    }

    func keep(_ page: WrittenPage, _ key: Key, _ reader: Reader, version: Int64) {
        if kept[key]?.version == version { kept[key]?.pages[reader] = page }
    }
}
