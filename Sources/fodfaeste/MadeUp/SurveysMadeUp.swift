import Chronology
import Identifiers
import Jobcenter
import Registry
import Simulation
import Synchronization

/// Two waves of a user survey, one that is over and one that can be answered, so that both can
/// be tried in a made-up municipality. The secrets of the links are known to all who can read
/// this.
struct SurveysMadeUp {
    /// The beginning of every secret; the number of the letter follows.
    static let secret = "proeve-spoerg-"

    let house: House
    let municipality: MunicipalityCode
    let today: Day
    let seed: UInt64

    func fill() async throws {
        guard let purpose = Purpose("Prøvedata") else { return }
        var random = Randomness(seed: seed, stream: 46)
        let over = try await wave(
            NewWave(
                title: "Prøve, afsluttet", frameDay: today - 60, opens: today - 40, closes: today,
                mode: .digital, wanted: 400, seed: 1), "proeve-forbi-", purpose)
        for secret in over.secrets where random.chance(0.55) {
            // Who likes one thing tends to like the others.
            let mood = random.chance(0.6) ? 3 : 1
            let scores = (0..<5).map { _ in
                random.chance(0.04) ? nil : min(5, mood + random.below(3))
            }
            _ = try await SurveyCase(house).answer(
                secret, SurveyReply(scores: scores, words: words(&random)),
                number: Int64(random.next() >> 2), in: municipality)
        }
        _ = try await SurveyCase(house).end(
            over.id, in: municipality, by: Wiring.system(municipality), purpose: purpose)
        _ = try await wave(
            NewWave(
                title: "Prøve, i gang", frameDay: today - 10, opens: today - 5,
                closes: today + 25, mode: .letter, wanted: 300, seed: 2), Self.secret, purpose)
    }

    private func words(_ random: inout Randomness) -> String {
        guard random.chance(0.1) else { return "" }
        let all = [
            "Jeg ville gerne have den samme sagsbehandler hver gang.",
            "Min sagsbehandler lytter, og det hjælper.",
            "Brevene er svære at forstå.",
            "Jeg ved ikke, hvad der skal ske efter praktikken.",
        ]
        return all[random.below(all.count)]
    }

    private func wave(
        _ new: NewWave, _ secret: String, _ purpose: Purpose
    ) async throws -> (id: FactID, secrets: [String]) {
        let cases = SurveyCase(house)
        let actor = Wiring.system(municipality)
        let (id, _) = try await cases.draft(
            new, in: municipality, by: actor, purpose: purpose)
        _ = try await cases.draw(id, in: municipality, by: actor, purpose: purpose)
        let last = Last()
        let (letters, _) = try await cases.send(
            id, secret: { secret + String(last.next()) }, in: municipality, by: actor,
            purpose: purpose)
        return (id, letters.map(\.secret).sorted())
    }

    /// Counts the letters.
    private final class Last: Sendable {
        private let number = Mutex(0)

        func next() -> Int {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }
}
