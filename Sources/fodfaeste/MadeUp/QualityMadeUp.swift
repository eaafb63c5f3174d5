import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Simulation
import Storage

/// Two closed samples of conversations and one under review, what is done about them, training,
/// a focus group and what was put to the councils, so that all of it can be tried in a made-up
/// municipality. It is registered on the days it is said to have happened.
struct QualityMadeUp {
    /// The house as it is on a day.
    let house: (Day) -> House
    let municipality: MunicipalityCode
    let today: Day
    let seed: UInt64

    private var actor: Actor {
        Actor(name: "Prøvedata", role: .system, municipality: municipality)
    }

    func fill() async throws {
        guard let purpose = Purpose("Prøvedata") else { return }
        var random = Randomness(seed: seed, stream: 50)
        let staff = try await StaffCase(house(today)).staff(of: municipality)
        guard let first = staff.first, let last = staff.last else { return }
        let spring = try await sample(
            "Samtaler, foråret", on: today - 180, wanted: 40, chance: 0.5, purpose, &random)
        guard let spring else { return }
        try await act(spring, first.id, last.id, purpose)
        _ = try await sample(
            "Samtaler, efteråret", on: today - 30, wanted: 40, chance: 0.7, purpose, &random)
        let cases = QualityCase(house(today))
        let (open, _) = try await cases.draw(
            NewAudit(
                title: "Samtaler, december", checklist: "conversations", start: today - 29,
                end: today, wanted: 12, seed: 3, byTeam: true), in: municipality, by: actor,
            purpose: purpose)
        try await review(open, cases, chance: 0.8, purpose, &random, atMost: 5)
        try await train(staff, purpose)
        try await ask(purpose)
        try await hold(open, purpose)
    }

    /// A sample of the ninety days before `day`, reviewed and closed on it. Nil where there were
    /// no conversations.
    private func sample(
        _ title: String, on day: Day, wanted: Int, chance: Double, _ purpose: Purpose,
        _ random: inout Randomness
    ) async throws -> FactID? {
        let cases = QualityCase(house(day))
        do {
            let (id, _) = try await cases.draw(
                NewAudit(
                    title: title, checklist: "conversations", start: day - 89, end: day,
                    wanted: wanted, seed: 1, byTeam: true), in: municipality, by: actor,
                purpose: purpose)
            try await review(id, cases, chance: chance, purpose, &random, atMost: .max)
            _ = try await cases.close(id, in: municipality, by: actor, purpose: purpose)
            return id
        } catch is FieldProblems {
            return nil
        }
    }

    /// What the register says is mostly confirmed; of the rest `chance` is met.
    private func review(
        _ audit: FactID, _ cases: QualityCase, chance: Double, _ purpose: Purpose,
        _ random: inout Randomness, atMost: Int
    ) async throws {
        let book = try await cases.book(of: municipality, by: actor)
        for item in book.audit(audit)?.cases.prefix(atMost) ?? [] {
            guard
                let found = try await cases.underReview(
                    item.id, in: municipality, by: actor, purpose: purpose)
            else { continue }
            let findings = found.checklist.questions.map { question in
                let proposed = found.proposals[question.id]?.finding
                if proposed == .notMet, random.chance(chance) {
                    return AuditFinding(
                        question: question.id, finding: .met,
                        remark: "Notatet ligger som et brev i sagen.")
                }
                let finding = proposed ?? drawn(chance, &random)
                return AuditFinding(
                    question: question.id, finding: finding,
                    remark: finding == .notMet ? "Det står ikke i sagen." : "")
            }
            _ = try await cases.review(
                item.id, findings, expected: found.version, in: municipality, by: actor,
                purpose: purpose)
        }
    }

    private func drawn(_ chance: Double, _ random: inout Randomness) -> Finding {
        if random.chance(0.06) { return .cannotTell }
        if random.chance(0.05) { return .notRelevant }
        return random.chance(chance) ? .met : .notMet
    }

    private func act(
        _ audit: FactID, _ first: FactID, _ last: FactID, _ purpose: Purpose
    ) async throws {
        let began = today - 175
        let plans: [(String, String, FactID, Int, Int?)] = [
            ("own-words", "Notatet begynder med, hvad borgeren selv siger.", first, 60, 55),
            ("next", "Næste samtale aftales, før borgeren går.", last, 150, nil),
            ("guidance", "Kort ark om ret og pligt, som udleveres ved samtalen.", first, 240, nil),
        ]
        for (question, text, owner, due, done) in plans {
            var action = QualityAction(
                id: FactID(0), audit: audit, question: question, text: text, owner: owner,
                added: began, due: began + due)
            let (id, receipt) = try await QualityCase(house(began)).act(
                action, in: municipality, by: actor, purpose: purpose)
            guard let done else { continue }
            action.id = id
            action.done = began + done
            action.result = "Set i ti notater på et teammøde."
            _ = try await QualityCase(house(began + done)).act(
                action, changing: receipt.number, in: municipality, by: actor, purpose: purpose)
        }
    }

    private func train(_ staff: [StaffMember], _ purpose: Purpose) async throws {
        let courses: [(String, TrainingTheme, Int, Int, Int)] = [
            ("God forvaltningsskik i hverdagen", .administration, 320, 360, 1),
            ("Når samtalen bliver svær", .conflict, 200, 180, 2),
            ("Afgørelser, der kan forstås", .decisions, 90, 240, 3),
        ]
        for (title, theme, ago, minutes, every) in courses {
            let day = today - ago
            let present = staff.filter { $0.start <= day }.enumerated()
                .filter { $0.offset % every == 0 }.map(\.element.id)
            guard !present.isEmpty else { continue }
            _ = try await QualityCase(house(day)).train(
                TrainingCourse(
                    id: FactID(0), title: title, theme: theme, day: day, minutes: minutes,
                    participants: TrainingParticipants(present),
                    evaluation: "Eksempler fra egne sager var det bedste."),
                in: municipality, by: actor, purpose: purpose)
        }
    }

    private func ask(_ purpose: Purpose) async throws {
        let day = today - 120
        var matter = CouncilMatter(
            id: FactID(0), council: .disability, title: "Breve, der kan læses op",
            text: "Kan brevene læses af en skærmlæser, og er de korte nok?", asked: day,
            askedBy: actor.name, due: day + 42)
        let (id, receipt) = try await QualityCase(house(day)).ask(
            matter, in: municipality, by: actor, purpose: purpose)
        matter.id = id
        matter.answer = "Overskrifter mangler, og det vigtigste står for langt nede."
        matter.answered = day + 30
        matter.changed = "Skabelonerne har fået overskrifter, og svaret står først."
        matter.changedOn = day + 75
        _ = try await QualityCase(house(day + 75)).ask(
            matter, changing: receipt.number, in: municipality, by: actor, purpose: purpose)
        let late = today - 60
        _ = try await QualityCase(house(late)).ask(
            CouncilMatter(
                id: FactID(0), council: .vulnerable, title: "Samtaler uden for jobcentret",
                text: "Hvor vil I helst mødes, og hvad skal der til?", asked: late,
                askedBy: actor.name, due: late + 42),
            in: municipality, by: actor, purpose: purpose)
    }

    /// A focus group with those of a sample, of whom one declines and one withdraws.
    private func hold(_ audit: FactID, _ purpose: Purpose) async throws {
        let day = today - 45
        var group = FocusGroup(
            id: FactID(0), title: "Booking på telefonen", kind: .talk, audience: "unge under 30",
            initiative: "At man selv flytter sin samtale på telefonen.", day: day)
        let cases = QualityCase(house(day))
        let (id, receipt) = try await cases.hold(
            group, in: municipality, by: actor, purpose: purpose)
        let book = try await cases.book(of: municipality, by: actor)
        let citizens = Set((book.audit(audit)?.cases ?? []).prefix(6).map(\.citizen)).sorted()
        _ = try await cases.invite(
            citizens, [], to: id, in: municipality, by: actor, purpose: purpose)
        let members = try await cases.book(of: municipality, by: actor).group(id)?.members ?? []
        for (place, member) in members.enumerated() {
            _ = try await cases.answer(
                member.id, place == 1 ? .declined : .given,
                words: place == 0 ? "Det skal virke uden at ringe." : "", in: municipality,
                by: actor, purpose: purpose)
            if place == 2 {
                _ = try await cases.answer(
                    member.id, .withdrawn, words: "", in: municipality, by: actor,
                    purpose: purpose)
            }
        }
        group.id = id
        group.result = "De vil kunne se ledige tider først og flytte med to tryk."
        group.changed = "Ledige tider står nu øverst."
        group.changedOn = today - 10
        _ = try await QualityCase(house(today - 10)).hold(
            group, changing: receipt.number, in: municipality, by: actor, purpose: purpose)
    }
}
