import Chronology

/// How often a question is asked again, and how long is waited in between.
public struct RetryPolicy: Hashable, Sendable {
    /// Questions in all, 1 or more.
    public var tries: Int
    /// Seconds before the second question; they double from there.
    public var firstPause: Double
    /// No pause is longer, in seconds. A server that asks for more is left alone.
    public var longestPause: Double

    public init(tries: Int = 4, firstPause: Double = 1, longestPause: Double = 60) {
        self.tries = max(1, tries)
        self.firstPause = max(0, firstPause)
        self.longestPause = max(0, longestPause)
    }

    /// Seconds to wait after the failed try `number`, counted from 1, when the server
    /// asked for `wished` seconds. Nil when it is not to be asked again.
    public func pause(after number: Int, wished: Double? = nil) -> Double? {
        guard number < tries else { return nil }
        if let wished { return wished <= longestPause ? max(0, wished) : nil }
        var pause = firstPause
        for _ in 1..<max(number, 1) where pause < longestPause { pause *= 2 }
        return min(pause, longestPause)
    }
}

/// Asks again when the server is busy (429), fails (5xx) or drops the connection.
public struct PatientTransport: Sendable {
    /// Waits this many seconds; stopped by the cancellation of the task.
    public typealias Wait = @Sendable (_ seconds: Double) async throws -> Void

    private let transport: any Transport
    private let policy: RetryPolicy
    private let wait: Wait
    private let now: @Sendable () -> Int64

    /// `now` gives Unix seconds, for servers that say until when to wait.
    public init(
        _ transport: any Transport, policy: RetryPolicy = RetryPolicy(), wait: @escaping Wait,
        now: @escaping @Sendable () -> Int64
    ) {
        self.transport = transport
        self.policy = policy
        self.wait = wait
        self.now = now
    }

    /// The answer with the status 200 and its bytes.
    ///
    /// Throws what `SourceProblem` knows of the way and of the server's refusals.
    func send(
        _ request: OutsideRequest, to source: StatisticsSource
    ) async throws(SourceProblem) -> OutsideAnswer {
        var number = 1
        while true {
            let problem: SourceProblem
            var wished: Double?
            do throws(TransportFailure) {
                let answer = try await transport.send(request)
                if answer.status == 200 { return answer }
                problem = SourceProblem(refusal: answer, of: request, by: source)
                wished = answer.headers["retry-after"].flatMap { seconds(retryAfter: $0) }
            } catch {
                problem = SourceProblem(error, of: request, by: source)
            }
            guard problem.kind.passes, let pause = policy.pause(after: number, wished: wished)
            else { throw problem }
            do { try await wait(pause) } catch { throw problem }
            number += 1
        }
    }

    /// The two forms of the header: seconds, or the instant itself.
    private func seconds(retryAfter text: String) -> Double? {
        if let seconds = Double(text), seconds.isFinite { return seconds }
        return HTTPDate.seconds(text).map { Double(max(0, $0 - now())) }
    }
}

/// Dates as HTTP writes them: `Wed, 21 Oct 2026 07:28:00 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Unix seconds, or nil when it is no such date.
    static func seconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let number = Int(words[1]),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            let day = Day(year: year, month: month + 1, day: number)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3 else { return nil }
        return Int64(day.number) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }
}
