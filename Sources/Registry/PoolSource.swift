/// Where the candidate of an order's event comes from when it is another member's: no citizen
/// of ours, and known here by the offer alone (formidlet gennem puljen).
public struct PoolSource: Hashable, Sendable {
    /// The partnership's code.
    public var partnership: String
    /// The candidate's member, which has the credit.
    public var member: String
    /// The number of its offer.
    public var offer: Int64
    /// On which terms the candidate was hired; nil for one who is sent to the company.
    public var terms: EmploymentKind?

    public init(
        partnership: String, member: String, offer: Int64, terms: EmploymentKind? = nil
    ) {
        self.partnership = partnership
        self.member = member
        self.offer = offer
        self.terms = terms
    }

    /// As it stands in ``OrderEvent/text``.
    public var text: String {
        [partnership, member, String(offer), terms?.rawValue ?? ""].joined(separator: "\n")
    }

    /// Reads what ``text`` wrote; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
        guard parts.count == 4, let offer = Int64(parts[2]) else { return nil }
        self.init(
            partnership: parts[0], member: parts[1], offer: offer,
            terms: EmploymentKind(rawValue: parts[3]))
    }

    /// A number below 0 that the same offer always has, to tell its candidate from citizens.
    public var candidate: Int64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in "\(partnership)\n\(member)\n\(offer)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
        return -1 - Int64(hash >> 1)
    }
}

extension OrderEvent {
    /// Whose candidate it is about; nil for what came through no pool.
    public var pool: PoolSource? {
        kind == .poolReferred || kind == .poolHired ? PoolSource(text) : nil
    }
}
