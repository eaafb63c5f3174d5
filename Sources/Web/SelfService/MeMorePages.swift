import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Everything else.
    func more(_ file: CitizenFile) -> CaseListPage {
        func line(_ key: String, _ route: MeRoute) -> CaseListPage.Line {
            CaseListPage.Line(
                heading: text("me.more.\(key)"), details: [text("me.more.\(key)Text")], by: "",
                links: [Link(text("me.more.open"), route.path)])
        }
        // The adviser and the file with everything are for the citizen alone.
        let personal = actor.representation == nil
        return CaseListPage(
            headline: text("me.more.headline"), lead: text("me.more.lead"),
            sections: [
                .init(
                    heading: text("me.more.all"),
                    lines: [line("letters", .letters), line("complaints", .complaints)]
                        + (personal ? [line("adviser", .adviser)] : [])
                        + [
                            line("forms", .forms), line("lookups", .lookups),
                            line("guides", .guides),
                        ] + (personal ? [line("everything", .everything)] : [])
                        + (isSick(file) ? [line("back", .back)] : [])
                        + (session?.cases ?? 1 > 1 ? [line("cases", .cases)] : []), forms: [])
            ])
    }

    /// Forms that the citizen fills in, those that fit the age and the case.
    func ownForms(_ file: CitizenFile) -> CaseListPage {
        let today = house.clock.today()
        let age = file.citizen.born.age(on: today)
        let kinds = records.kinds.filter { kind in
            guard kind.isOwn else { return false }
            return switch kind.id {
            case MeRecordForm.jobLog: false
            case "youth-form": age < 30
            case "parents-form": age < 18
            case "sick-leave-form": isSick(file)
            case Representation.kind: actor.representation == nil
            default: true
            }
        }
        let sent = file.registrations.compactMap { note -> (CaseRecord, RegistrationNote)? in
            guard case .caseRecord(let record) = note.fact,
                record.record != MeRecordForm.jobLog, records[record.record]?.isOwn == true
            else { return nil }
            return (record, note)
        }
        return CaseListPage(
            headline: text("me.forms.headline"), lead: text("me.forms.lead"),
            receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.forms.fill"),
                    lines: kinds.map { kind in
                        .init(
                            heading: kind.name[language], details: [kind.what[language]], by: "",
                            links: [
                                Link(
                                    text("me.forms.open"),
                                    Route.me(.form(.record)).link([("id", kind.id)]))
                            ])
                    }, forms: []),
                .init(
                    heading: text("me.forms.sent"),
                    lines: sent.map { record, note in
                        let help = ownRepresentation(record, note)
                        return .init(
                            heading: "\(wording.day(record.start)): "
                                + (records[record.record]?.name[language] ?? ""),
                            details: (records[record.record]?.fields ?? []).compactMap { field in
                                record.answers[field.id].map { answer(field, $0) }
                            } + help.details, by: "", links: help.links)
                    }, forms: [], nothing: text("me.forms.nothing")),
            ])
    }

    /// Who has looked in the case, and what for.
    func whoLooked() async throws -> CaseListPage {
        let acts = try await OwnCase(house).lookups(in: desk.municipality.code, by: actor)
        return CaseListPage(
            headline: acts.isEmpty
                ? text("me.lookups.nothing")
                : text("me.lookups.headline", ["n": wording.number(acts.count)]),
            lead: text("me.lookups.lead"),
            sections: [
                .init(
                    heading: text("me.lookups.all"),
                    lines: acts.map { act in
                        let role = Views.Role(rawValue: act.role)
                        return .init(
                            heading: text(
                                "me.lookups.line",
                                [
                                    "day": wording.day(DanishTime.day(act.at)),
                                    "time": clockTime(DanishTime.minute(act.at)),
                                    "actor": act.actor,
                                ]),
                            details: [
                                role.map { text("views.role.\($0.rawValue).name") }
                                    ?? text("me.lookups.program"),
                                text("me.lookups.purpose", ["purpose": act.purpose]),
                            ], by: "")
                    }, forms: [])
            ], acts: [meForm(.message)])
    }
}
