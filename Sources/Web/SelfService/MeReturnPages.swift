import Chronology
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Weeks shown ahead.
    private static let weeks = 12

    func isSick(_ file: CitizenFile) -> Bool {
        let today = house.clock.today()
        return file.registrations.contains {
            guard case .benefitSpell(let spell) = $0.fact else { return false }
            return spell.benefit == .sicknessBenefit && spell.holds(on: today)
        }
    }

    /// The way back to work, week by week, and a proposal of one's own.
    func wayBack(_ file: CitizenFile) -> CaseListPage {
        let today = house.clock.today()
        let weeks = file.returnWeeks(from: today, count: Self.weeks)
        let isSick = isSick(file)
        return CaseListPage(
            headline: text(
                !isSick ? "me.back.notSick" : weeks.isEmpty ? "me.back.none" : "me.back.headline"),
            lead: text(isSick ? "me.back.lead" : "me.back.notSickLead"),
            receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.back.weeks"),
                    lines: weeks.map { week in
                        .init(
                            heading: text(
                                "me.back.week",
                                [
                                    "from": wording.day(week.monday),
                                    "to": wording.day(week.monday + 6),
                                ]),
                            details: [
                                text("me.back.atWork", ["hours": atWork(week.weekly)])
                            ], by: "")
                    }, forms: [], nothing: isSick ? text("me.back.noWeeks") : nil)
            ], acts: isSick ? [meForm(.partialReturn)] : [])
    }

    fileprivate func atWork(_ weekly: WeeklyTime) -> String {
        wording.number(weekly.hours, decimals: weekly.decimals)
    }
}

/// Hours at work while sick-listed, as the citizen proposes them.
struct MeReturnForm: MeFormKind {
    private static let rows = 4

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let start = visit.house.clock.today().nextWorkingDay(after: 1)
        return CaseForm(
            headline: visit.text("me.return.headline"), lead: visit.text("me.return.lead"),
            fields: [
                FormField(
                    "from1", visit.text("me.return.from"),
                    .day(typed.text("from1", or: start.iso))),
                FormField(
                    "hours1", visit.text("me.return.hours"), .text(typed.text("hours1")),
                    help: visit.text("me.return.hoursHelp")),
            ]
                + (2...Self.rows).flatMap { row in
                    [
                        FormField(
                            "from\(row)",
                            visit.text("me.return.laterFrom", ["n": visit.wording.number(row)]),
                            .day(typed.text("from\(row)"))),
                        FormField(
                            "hours\(row)",
                            visit.text("me.return.laterHours", ["n": visit.wording.number(row)]),
                            .text(typed.text("hours\(row)"))),
                    ]
                } + [
                    FormField(
                        "words", visit.text("me.return.words"), .long(typed.text("words")),
                        help: visit.text("me.return.wordsHelp"))
                ], save: visit.text("me.return.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let start = typed.day("from1")
        let steps = typed.hourSteps(from: start, rows: Self.rows)
        if typed.query["hours1"] == nil { typed.reject("hours1", "hoursMissing") }
        try typed.check()
        let danish = visit.desk.site.wording(.da)
        let written = steps.map { step in
            visit.house.texts.text(
                "me.return.step", .da,
                [
                    "day": danish.day(step.from),
                    "hours": danish.number(step.weekly.hours, decimals: step.weekly.decimals),
                ])
        }
        do {
            return .saved(
                try await OwnCase(visit.house).proposeReturn(
                    steps, subject: visit.house.texts.text("me.return.subject", .da),
                    written: written, words: typed.words("words"),
                    in: visit.desk.municipality.code, by: visit.actor))
        } catch let found as FieldProblems {
            // The desk's sentences are about the citizen; these are to the citizen.
            throw FieldProblems(
                found.all.map { problem in
                    let own = "own-\(problem.key)"
                    return visit.house.texts.has("problem.\(own)")
                        ? FieldProblem(problem.field, own, problem.values) : problem
                })
        }
    }

    var after: MeRoute { .back }
}
