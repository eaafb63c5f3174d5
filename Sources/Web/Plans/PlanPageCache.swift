import Chronology
import Jobcenter
import Plans

/// Keeps the latest statuses of plans until a registration changes them. The
/// version is read from the store at every call, so that no page is ever older
/// than the ledger.
actor PlanPageCache {
    struct Key: Hashable {
        var plan: String
        var asOf: Day
        var knownAt: Day?
    }

    private var kept: [Key: (version: Int64, status: PlanStatus)] = [:]
    private var order: [Key] = []
    private let room = 32

    func status(_ key: Key, version: Int64) -> PlanStatus? {
        guard let found = kept[key], found.version == version else { return nil }
        return found.status
    }

    func keep(_ status: PlanStatus, _ key: Key, version: Int64) {
        if kept.updateValue((version, status), forKey: key) == nil { order.append(key) }
        if order.count > room { kept[order.removeFirst()] = nil }
    }
}
