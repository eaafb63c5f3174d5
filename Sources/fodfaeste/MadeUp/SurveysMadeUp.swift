import Chronology
import Identifiers
import Jobcenter
import Registry
import Simulation
import Synchronization

/// Two waves of a user survey, one that is over and one that can be answered, so that both can
/// be tried in a made-up municipality. It is registered on the days it is said to have happened.
/// The secrets of the links are known to all who can read this.
struct SurveysMadeUp {
    /// The beginning of every secret; the number of the letter follows.
    static let secret = "proeve-spoerg-"

    /// The house as it is on a day.
    let house: (Day) -> House
    let municipality: MunicipalityCode
    let today: Day
    let seed: UInt64

    func fill() async throws {
        guard let purpose = Purpose("Prøvedata") else { return }
        var random = Randomness(seed: seed, stream: 46)
        let opens = today - 40
        let over = try await wave(
            NewWave(
                title: "Prøve, afsluttet", frameDay: opens - 20, opens: opens, closes: today,
                mode: .digital, wanted: 400, seed: 1), purpose)
        let links = Numbered("proeve-forbi-")
        let invited = try await send(over, links, on: opens, purpose)
        try await answer(invited, chance: 0.35, on: opens + 3, &random)
        let reminded = try await send(over, links, on: opens + 14, purpose)
        try await answer(reminded, chance: 0.35, on: opens + 17, &random)

        let open = try await wave(
            NewWave(
                title: "Prøve, i gang", frameDay: today - 10, opens: today - 5,
                closes: today + 25, mode: .letter, wanted: 300, seed: 2), purpose)
        _ = try await send(open, Numbered(Self.secret), on: today - 5, purpose)
        // The last that is registered is of the last day.
        _ = try await SurveyCase(house(today)).end(
            over, in: municipality, by: Wiring.system(municipality), purpose: purpose)
    }

    private func answer(
        _ secrets: [String], chance: Double, on day: Day, _ random: inout Randomness
    ) async throws {
        let cases = SurveyCase(house(day))
        for secret in secrets where random.chance(chance) {
            // Who likes one thing tends to like the others.
            let mood = random.chance(0.6) ? 3 : 1
            let scores = (0..<5).map { _ in
                random.chance(0.04) ? nil : min(5, mood + random.below(3))
            }
            _ = try await cases.answer(
                secret, SurveyReply(scores: scores, words: words(&random)),
                number: Int64(random.next() >> 2), in: municipality)
        }
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

    /// A wave with its sample, made on the day it opens.
    private func wave(_ new: NewWave, _ purpose: Purpose) async throws -> FactID {
        let cases = SurveyCase(house(new.opens))
        let actor = Wiring.system(municipality)
        let (id, _) = try await cases.draft(new, in: municipality, by: actor, purpose: purpose)
        _ = try await cases.draw(id, in: municipality, by: actor, purpose: purpose)
        return id
    }

    /// The secrets that were sent to those who had not answered.
    private func send(
        _ wave: FactID, _ links: Numbered, on day: Day, _ purpose: Purpose
    ) async throws -> [String] {
        try await SurveyCase(house(day)).send(
            wave, secret: { links.next() }, in: municipality, by: Wiring.system(municipality),
            purpose: purpose
        ).0.map(\.secret).sorted()
    }

    /// Secrets that count the letters.
    private final class Numbered: Sendable {
        private let beginning: String
        private let number = Mutex(0)

        init(_ beginning: String) { self.beginning = beginning }

        func next() -> String {
            number.withLock { number in
                number += 1
                return beginning + String(number)
            }
        }
    }
}
