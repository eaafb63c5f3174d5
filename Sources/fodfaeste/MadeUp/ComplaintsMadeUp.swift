import Chronology
import Jobcenter
import Registry
import Simulation

/// What happened with the made-up complaints of the latest year, a decision that can be
/// complained of, and a few who ask the citizens' adviser.
struct ComplaintsMadeUp {
    private let truth: Truth
    private var made: [Registration] = []
    private var steps: Int64 = 0
    private var entries: Int64 = 0
    private var added: [Complaint] = []

    private static let words: [ComplaintSubject: [String]] = [
        .decision: [
            "Jeg er uenig i, at mit tilbud blev afbrudt. Jeg var syg, og det havde jeg sagt.",
            "I har ikke skrevet, hvorfor jeg ikke kan få kurset. Jeg kan ikke se begrundelsen.",
            "Jeg blev ikke spurgt, før I traf afgørelsen. Se på sagen igen.",
        ],
        .treatment: [
            "Jeg følte mig ikke hørt til samtalen. Jeg vil gerne have en ny samtale.",
            "Tonen i brevet var hård. Jeg blev ked af det.",
        ],
        .time: ["Jeg har ventet i to måneder på svar om min uddannelse."],
        .other: ["Jeg kunne ikke finde indgangen, og ingen svarede på telefonen."],
    ]

    /// `others`: what else is made up, to find those who seek work.
    static func registrations(
        of truth: Truth, beside others: [Registration]
    ) -> [Registration] {
        var maker = ComplaintsMadeUp(truth: truth)
        let since = truth.through - 400
        for (place, complaint) in truth.complaints.filter({ $0.received >= since }).enumerated() {
            maker.tell(complaint, place)
        }
        maker.complain()
        maker.decide(
            Set(
                others.compactMap { registration -> CitizenID? in
                    guard case .jobProfile(let profile) = registration.fact,
                        profile.holds(on: truth.through)
                    else { return nil }
                    return profile.citizen
                }))
        maker.ask()
        return maker.made
    }

    private init(truth: Truth) { self.truth = truth }

    private mutating func add(_ fact: Fact, on day: Day) {
        made.append(Registration(municipality: truth.municipality, recordedOn: day, fact: fact))
    }

    @discardableResult
    private mutating func step(
        _ complaint: Complaint, _ kind: ComplaintStepKind, on day: Day, choice: String = "",
        detail: String = "", words: String = "", deadline: Day? = nil
    ) -> Int64? {
        guard day <= truth.through else { return nil }
        steps += 1
        add(
            .complaintStep(
                ComplaintStep(
                    id: FactID(steps), citizen: complaint.citizen, complaint: complaint.id,
                    kind: kind, day: day, choice: choice, detail: detail, words: words,
                    deadline: deadline)), on: max(day, complaint.received))
        return steps
    }

    /// Complaints of the latest months besides those of the simulation, which are few: some at
    /// each step, and one whose clock has run out.
    private mutating func complain() {
        let today = truth.through
        let paid = truth.spells.filter { $0.holds(on: today) }.map(\.citizen)
        guard paid.count >= 40 else { return }
        let cases: [(ago: Int, ended: Int?, outcome: ComplaintOutcome?)] = [
            (1, nil, nil), (2, nil, nil), (12, nil, nil), (20, 5, .changed), (6, nil, nil),
            (31, nil, nil), (45, nil, nil), (90, 80, .withdrawn), (70, 30, .sentBack),
            (55, 46, .changed),
        ]
        for (place, one) in cases.enumerated() {
            var complaint = Complaint(
                id: FactID(Int64(truth.complaints.count + place) + 1),
                citizen: paid[paid.count - 1 - 3 * place], received: today - one.ago, decided: nil,
                outcome: nil)
            added.append(complaint)
            add(.complaint(complaint), on: complaint.received)
            if let ended = one.ended {
                (complaint.decided, complaint.outcome) = (today - ended, one.outcome)
                add(.complaint(complaint), on: today - ended)
            }
            tell(complaint, place)
        }
    }

    /// The steps that lead to how the complaint ended, or as far as it has come.
    private mutating func tell(_ complaint: Complaint, _ place: Int) {
        let received = complaint.received
        // What is sent back or goes to the board is about a decision; some others are not.
        let aside: [ComplaintSubject] = [.treatment, .time, .decision, .other, .treatment]
        let mayBeOther = [nil, .changed, .upheld].contains(complaint.outcome) && place % 3 == 1
        let subject = mayBeOther ? aside[place / 3 % aside.count] : .decision
        let channel: ComplaintChannel = [.portal, .letter, .portal, .phone][place % 4]
        let said = Self.words[subject] ?? []
        step(
            complaint, .filed, on: received, choice: subject.rawValue, detail: channel.rawValue,
            words: said.isEmpty ? "" : said[place % said.count])
        if place % 5 != 4 || complaint.decided != nil {
            step(
                complaint, .acknowledged, on: received + (place % 6 == 5 ? 9 : 1),
                words: "Tak for din klage. Vi ser på den nu.")
        }
        if place % 2 == 0 {
            step(
                complaint, .talked, on: received + 4,
                words: "Vi ringede sammen. Borgeren håber på en ny vurdering og vil gerne have "
                    + "svaret på skrift.")
        }
        guard let decided = complaint.decided, let outcome = complaint.outcome else {
            guard received < truth.through - 40, subject == .decision else { return }
            step(
                complaint, .reassessed, on: received + 20, choice: "kept",
                words: "Vi har set på sagen igen og lægger vægt på det samme som før.")
            step(complaint, .forwarded, on: received + 22)
            return
        }
        if outcome == .withdrawn {
            step(complaint, .withdrawn, on: decided, words: "Vi fandt en løsning sammen.")
            return
        }
        if subject != .decision {
            step(
                complaint, .answered, on: decided,
                choice: outcome == .changed ? "partly" : "kept",
                words: "Vi har set på det, du skrev, og talt med dem, det handler om.")
        } else if outcome == .changed, place % 2 == 0 {
            step(
                complaint, .reassessed, on: decided, choice: "whole",
                words: "Vi har set på sagen igen. Du har ret, og afgørelsen er ændret.")
        } else {
            let reassessed = received + min(decided - received, 20)
            step(
                complaint, .reassessed, on: reassessed, choice: place % 3 == 0 ? "partly" : "kept",
                words: "Vi har set på sagen igen og lægger vægt på det samme som før.")
            step(complaint, .forwarded, on: reassessed + min(decided - reassessed, 2))
            step(
                complaint, .boardDecided, on: decided,
                choice: outcome == .upheld
                    ? "confirmed" : outcome == .changed ? "changed" : "sentBack",
                words: "Ankestyrelsen har set på sagens oplysninger og begrundelsen.")
        }
        learn(complaint, outcome, subject, place, decided)
    }

    private mutating func learn(
        _ complaint: Complaint, _ outcome: ComplaintOutcome, _ subject: ComplaintSubject,
        _ place: Int, _ decided: Day
    ) {
        guard outcome != .upheld else { return }
        let faults =
            subject == .decision
            ? ["reasons", "hearing", "too-little-known"] : ["tone", "took-too-long"]
        let changes = [
            "En kollega læser begrundelsen, før afgørelsen sendes.",
            "Vi ringer altid til borgeren, før vi afgør noget imod borgeren.",
        ]
        let learning = step(
            complaint, .learned, on: decided + 3, choice: faults[place % faults.count],
            detail: place % 2 == 0 ? "Team Job" : "Team Sygedagpenge",
            words: changes[place % changes.count], deadline: decided + 60)
        if let learning, place % 2 == 0 {
            step(complaint, .changeMade, on: decided + 40, detail: String(learning))
        }
    }

    /// Decisions for the demonstration's citizen, the first who seeks work, lives here and is
    /// called to a conversation: one that can be complained of, and one that is too old for it.
    private mutating func decide(_ seeking: Set<CitizenID>) {
        let today = truth.through
        let here = Set(truth.residences.filter { $0.holds(on: today) }.map(\.citizen))
        let called = truth.conversations.filter { $0.status == .planned && $0.day >= today }
            .map(\.citizen)
        guard let citizen = called.filter({ seeking.contains($0) && here.contains($0) }).min()
        else { return }
        for (place, ago) in [9, 50].enumerated() {
            let sent = today - ago
            add(
                .decision(
                    Decision(
                        id: FactID(Int64(place) + 1), citizen: citizen, kind: .refuse,
                        subject: ["Afslag på kursus i regnskab", "Afslag på mentor"][place],
                        rule: "", facts: "Du har søgt om hjælp til at nå dit mål i Min Plan.",
                        reasons: "Det er ikke nødvendigt for det job, vi har aftalt som mål.",
                        heardOn: sent - 14, answer: "Du skrev, at det ville give job.",
                        from: sent, made: sent, sent: sent)), on: sent)
        }
    }

    /// A few have turned to the adviser: one waits, one has said yes, and two are over.
    private mutating func ask() {
        let today = truth.through
        let complainers = added.map(\.citizen)
        var asked: [CitizenID] = []
        for citizen in complainers where !asked.contains(citizen) { asked.append(citizen) }
        for (place, citizen) in asked.prefix(4).enumerated() {
            let begun = today - [3, 12, 50, 90][place]
            entry(
                citizen, .asked, on: begun,
                choice: AdviserSubject.allCases[place].rawValue,
                words: "Jeg ved ikke, hvad jeg skal gøre nu. Kan du hjælpe mig med at forstå det?")
            if place == 1 { entry(citizen, .consented, on: begun + 1) }
            if place >= 1 {
                entry(
                    citizen, .adviserWrote, on: begun + 2,
                    words: "Tak for din besked. Jeg ringer til dig i morgen formiddag.")
            }
            if place >= 2 {
                entry(
                    citizen, .closed, on: begun + 9,
                    choice: AdviserOutcome.allCases[place - 2].rawValue,
                    words: "Skriv igen, hvis der er mere.")
            }
        }
    }

    private mutating func entry(
        _ citizen: CitizenID, _ kind: AdviserEntry.Kind, on day: Day, choice: String = "",
        words: String = ""
    ) {
        entries += 1
        add(
            .adviserEntry(
                AdviserEntry(
                    id: FactID(entries), citizen: citizen, kind: kind, day: day, choice: choice,
                    words: words)), on: day)
    }
}
