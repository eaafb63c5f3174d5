import Exchange
import Jobcenter

extension Desk {
    /// Answers another member's program. What it is told it could tell nobody else from: a
    /// refusal has one word, and no page.
    func poolFeeds(_ code: String, _ visit: Visit) async throws -> Answer {
        guard visit.call.method == .post, !visit.call.isTooLarge,
            let signer = try configuration.poolSigner(municipality.code)
        else { return refused(.unknown, 404) }
        do {
            let exchange = PoolExchange(
                house, of: municipality.code, signing: signer, chance: .system)
            return Answer(
                contentType: "text/plain; charset=utf-8",
                body: try await exchange.answer(visit.call.json, in: code))
        } catch let refusal as PoolAskRefusal {
            return refused(refusal, 403)
        }
    }

    private func refused(_ refusal: PoolAskRefusal, _ status: Int) -> Answer {
        Answer(
            status: status, contentType: "text/plain; charset=utf-8",
            body: Array((refusal.rawValue + "\n").utf8))
    }
}
