import Chronology
import Parameters
import Registry

/// A change of benefit that does not begin a new period (LAB § 9, stk. 3-6), for changes
/// in its time.
public struct Continuation: Hashable, Sendable, LegallyBased {
    public var id: String
    public var name: Localized
    public var leaving: Set<Benefit>
    public var into: Set<Benefit>
    public var basis: LegalBasis
    /// The municipality has chosen not to use it, which only an uncertain one allows.
    public var isSwitchedOff = false
}

/// A continuation as runs read it.
struct CompiledContinuation: Sendable, BitwiseCopyable {
    let leaving: UInt64
    let into: UInt64
    let first: Int32
    let last: Int32

    init(_ continuation: Continuation) {
        let isUsed = !continuation.isSwitchedOff
        leaving = isUsed ? LawCodes.bits(continuation.leaving) : 0
        into = isUsed ? LawCodes.bits(continuation.into) : 0
        first = continuation.basis.validFrom.number
        last = (continuation.basis.validTo ?? .openEnd).number
    }

    /// Whether one on `benefit` who gets `other` from a day on stays in the same period.
    @inline(__always)
    func joins(_ benefit: UInt8, _ other: UInt8, on day: Int32) -> Bool {
        leaving & (1 &<< UInt64(benefit)) != 0 && into & (1 &<< UInt64(other)) != 0
            && first <= day && day <= last
    }
}
