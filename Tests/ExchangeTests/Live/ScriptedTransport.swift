import Exchange
import Foundation
import Parameters
import Synchronization
import Testing

/// Answers from a script, and remembers what it was asked.
final class ScriptedTransport: Transport {
    typealias Outcome = Result<OutsideAnswer, TransportFailure>

    private struct State {
        var script: [Outcome]
        var asked: [OutsideRequest] = []
        var waited: [Double] = []
    }

    private let state: Mutex<State>

    init(_ script: [Outcome]) { state = Mutex(State(script: script)) }

    var asked: [OutsideRequest] { state.withLock { $0.asked } }
    var waited: [Double] { state.withLock { $0.waited } }

    func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer {
        let outcome = state.withLock { state -> Outcome in
            state.asked.append(request)
            return state.script.isEmpty ? .failure(.unreachable) : state.script.removeFirst()
        }
        return try outcome.get()
    }

    /// Nobody sleeps; the pauses are remembered.
    func patient(
        _ policy: RetryPolicy = RetryPolicy(tries: 4, firstPause: 1, longestPause: 60),
        now: Int64 = 0
    ) -> PatientTransport {
        PatientTransport(
            self, policy: policy,
            wait: { seconds in self.state.withLock { $0.waited.append(seconds) } }, now: { now })
    }
}

func good(_ text: String) -> ScriptedTransport.Outcome {
    .success(OutsideAnswer(status: 200, bytes: Array(text.utf8)))
}

func refusal(_ status: Int, _ text: String = "", retryAfter: String? = nil)
    -> ScriptedTransport.Outcome
{
    .success(
        OutsideAnswer(
            status: status, headers: retryAfter.map { ["retry-after": $0] } ?? [:],
            bytes: Array(text.utf8)))
}

/// The problem that `body` has to end with.
func problem(_ body: () async throws -> Void) async throws -> SourceProblem {
    do { try await body() } catch let problem as SourceProblem { return problem }
    Issue.record("it was taken in")
    throw Unexpected()
}
