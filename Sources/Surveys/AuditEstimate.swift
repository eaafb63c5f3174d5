import Registry

/// What the cases of a sample say about all that could have been drawn, for one question.
public struct AuditEstimate: Hashable, Sendable {
    /// No share rests on fewer cases; the counts are shown.
    public static let leastCases = 10

    public let count: AuditCount
    /// The share that is met of those where it is relevant and could be told, with its interval
    /// of 95 per cent; nil below `leastCases`.
    public let share: SurveyEstimate.Share?

    /// The cases in which the question could be answered.
    public var told: Int { count.met + count.notMet }

    /// `frame` is how many could have been drawn, of which `size` were. Where the question is
    /// relevant to a part only, as large a part of the frame is taken to be that part.
    public init(_ count: AuditCount, frame: Int, size: Int) {
        self.count = count
        let told = count.met + count.notMet
        guard told >= Self.leastCases, size > 0 else {
            share = nil
            return
        }
        let population = max(told, Int((Double(frame) * Double(told) / Double(size)).rounded()))
        share = SurveyEstimate.share(
            Double(count.met) / Double(told), Double(told), of: population)
    }
}

/// How a share has moved from one sample to the next: the difference of the two with an interval
/// of 95 per cent (Newcombe's, of two intervals by Wilson).
public struct AuditEffect: Hashable, Sendable {
    public enum Verdict: String, CaseIterable, Hashable, Sendable {
        case better, worse
        /// The interval holds no change.
        case cannotTell
    }

    public let before: SurveyEstimate.Share
    public let after: SurveyEstimate.Share
    /// After less before, from -1 to 1.
    public let difference: Double
    public let low: Double
    public let high: Double

    public init(from before: SurveyEstimate.Share, to after: SurveyEstimate.Share) {
        self.before = before
        self.after = after
        difference = after.value - before.value
        func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        low = difference - length(after.value - after.low, before.high - before.value)
        high = difference + length(after.high - after.value, before.value - before.low)
    }

    public var verdict: Verdict { low > 0 ? .better : high < 0 ? .worse : .cannotTell }
}
