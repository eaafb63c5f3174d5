import Foundation

/// Watches a series for a fall (tidlig advarsel): a one-sided CUSUM (Page 1954) whose threshold
/// follows from how seldom it may warn where nothing has changed.
///
/// It starts by itself (Hawkins 1987): each step is compared with the answers before it, and
/// the difference is brought to a standard normal number whatever the level is. So no baseline
/// has to be known, and the rate of false warnings holds from the first step on.
public struct SequentialWatch: Sendable {
    /// A step has at least so many answers; fewer wait for those of the next month.
    public static let leastAnswers = 10
    /// No step is judged before so many answers have been seen.
    public static let leastBefore = 30
    /// Half the fall that is looked for, in standard errors of a step.
    public static let allowance = 0.5

    /// How many steps pass between two false warnings, on average.
    public let stepsBetween: Double
    /// A sum above this is a warning.
    public let threshold: Double

    /// The sums of the answers of one month.
    public struct Batch: Hashable, Sendable {
        public var count: Int
        public var sum: Double
        public var squares: Double

        public init(count: Int = 0, sum: Double = 0, squares: Double = 0) {
            self.count = count
            self.sum = sum
            self.squares = squares
        }

        public mutating func add(_ value: Double) {
            count += 1
            sum += value
            squares += value * value
        }

        /// Nil for none.
        public var mean: Double? { count == 0 ? nil : sum / Double(count) }

        static func + (a: Batch, b: Batch) -> Batch {
            Batch(count: a.count + b.count, sum: a.sum + b.sum, squares: a.squares + b.squares)
        }
    }

    /// How the series stands after a month.
    public struct Step: Hashable, Sendable {
        /// The place of the month.
        public var place: Int
        /// The mean of the answers of the step, which may be those of several months.
        public var mean: Double
        /// The sum after the step; nil before there is something to compare with.
        public var sum: Double?
        /// The place of the month from which the series has been falling, where it warns.
        public var fallsSince: Int?
    }

    public init(stepsBetween: Double) {
        self.stepsBetween = stepsBetween
        threshold = Self.threshold(stepsBetween)
    }

    /// Judges a series month by month. After a warning it begins again at the new level.
    /// O(months).
    public func steps(_ months: [Batch]) -> [Step] {
        var steps: [Step] = []
        var waiting = Batch()
        var before = Batch()
        // What has been seen since the sum was zero, and from which month.
        var run = Batch()
        var since = 0
        var sum = 0.0
        for (place, month) in months.enumerated() {
            waiting = waiting + month
            guard waiting.count >= Self.leastAnswers, let mean = waiting.mean else { continue }
            var step = Step(place: place, mean: mean)
            if before.count >= Self.leastBefore, let fall = Self.normal(waiting, before) {
                if sum == 0 { (run, since) = (Batch(), place) }
                run = run + waiting
                sum = max(0, sum - fall - Self.allowance)
                step.sum = sum
                if sum > threshold {
                    step.fallsSince = since
                    (before, sum) = (run, 0)
                    waiting = Batch()
                    steps.append(step)
                    continue
                }
            }
            before = before + waiting
            waiting = Batch()
            steps.append(step)
        }
        return steps
    }

    /// The difference of two means as a standard normal number, by Wallace's (1959) change of
    /// Student's t. Nil where all answers were the same.
    private static func normal(_ now: Batch, _ before: Batch) -> Double? {
        guard let mean = now.mean, let earlier = before.mean else { return nil }
        let (n, m) = (Double(now.count), Double(before.count))
        let freedom = m - 1
        let variance = (before.squares - m * earlier * earlier) / freedom
        guard variance > 1e-12 else { return nil }
        let t = (mean - earlier) / (variance * (1 / n + 1 / m)).squareRoot()
        let z =
            (8 * freedom + 1) / (8 * freedom + 3)
            * (freedom * log(1 + t * t / freedom)).squareRoot()
        return t < 0 ? -z : z
    }
}

extension SequentialWatch {
    /// How many steps pass until a warning, on average, where each step is a standard normal
    /// number that has fallen by `fall`. By a Markov chain over the sum (Brook and Evans 1972).
    /// O(states³).
    public static func stepsUntilWarning(
        threshold: Double, fall: Double = 0, states: Int = 60
    ) -> Double {
        let width = 2 * threshold / Double(2 * states - 1)
        func below(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
        // Rows of I − Q, with a column of ones on the right.
        var rows = (0..<states).map { from -> [Double] in
            var row = (0..<states).map { to -> Double in
                let middle = Double(to - from) * width + allowance - fall
                let upper = below(middle + width / 2)
                return -(to == 0 ? upper : upper - below(middle - width / 2))
            }
            row[from] += 1
            return row + [1]
        }
        for pivot in 0..<states {
            let factor = rows[pivot][pivot]
            for column in pivot...states { rows[pivot][column] /= factor }
            for other in (pivot + 1)..<max(pivot + 1, states) {
                let times = rows[other][pivot]
                for column in pivot...states {
                    rows[other][column] -= times * rows[pivot][column]
                }
            }
        }
        var found = [Double](repeating: 0, count: states)
        for row in (0..<states).reversed() {
            found[row] = rows[row][states]
            for column in (row + 1)..<max(row + 1, states) {
                found[row] -= rows[row][column] * found[column]
            }
        }
        return found[0]
    }

    /// The threshold at which so many steps pass between false warnings.
    private static func threshold(_ steps: Double) -> Double {
        var (low, high) = (0.1, 12.0)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if stepsUntilWarning(threshold: middle, states: 40) < steps {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }
}
