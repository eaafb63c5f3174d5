import Chronology
import Identifiers
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func focusGroups(_ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        return visit.qualityPage(
            headline: visit.text("views.quality.groups"),
            lead: visit.text("views.quality.groupsLead"),
            acts: [visit.quality("new.group", .newGroup), visit.quality("heard", .heard)],
            parts: [
                visit.part("allGroups", book.groups.map { visit.line($0) }, "noGroups")
            ])
    }

    /// One group with those who were invited, each with what that one said to taking part.
    func focusGroup(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let file = try await visit.focusFile(number) else { return visit.error(.notFound) }
        return visit.qualityPage(
            headline: file.summary.group.title, lead: visit.lead(file.summary),
            acts: [
                visit.quality("invite", .invite(number)),
                visit.quality("editGroup", .editGroup(number)),
            ],
            parts: [
                visit.part("groupSaid", [visit.line(file.summary, isOwnPage: true)], "noGroups"),
                visit.part(
                    "members", file.summary.members.map { visit.line($0, file) }, "noMembers"),
            ], breadcrumb: visit.qualityTrail + [visit.quality("groups", .groups)])
    }

    /// A new group, or what it said and what came of it.
    func focusGroupForm(_ number: Int64?, _ visit: Visit) async throws -> Answer {
        let cases = QualityCase(house)
        guard let purpose = visit.qualityPurpose else { return visit.error(.notFound) }
        var known: FocusGroup?
        var version: Int64?
        if let number {
            known = try await qualityBook(visit).group(FactID(number))?.group
            version = try await cases.standing(
                .focusGroup, FactID(number), in: municipality.code, by: visit.actor)?.number
            if known == nil { return visit.error(.notFound) }
        }
        let (standing, opened) = (known, version)
        return try await SentForm(
            visit: visit, route: .quality(number.map { .editGroup($0) } ?? .newGroup),
            section: .quality, back: (number.map { QualityRoute.group($0) } ?? .groups).path,
            form: { typed in
                (
                    visit.groupForm(standing, opened, typed),
                    visit.qualityTrail + [visit.quality("groups", .groups)]
                )
            },
            save: { typed in
                let group = try typed.group(standing)
                let (id, receipt) = try await cases.hold(
                    group,
                    changing: standing == nil
                        ? nil : typed.query["version"].flatMap { Int64($0) } ?? 0,
                    in: municipality.code, by: visit.actor, purpose: purpose)
                return .savedAt(.quality(.group(id.number)), receipt)
            }, after: { _ in QualityRoute.groups.path }
        ).answer()
    }

    func focusInvitation(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let summary = try await qualityBook(visit).group(FactID(number)),
            let purpose = visit.focusPurpose(number)
        else { return visit.error(.notFound) }
        let back = QualityRoute.group(number).path
        return try await SentForm(
            visit: visit, route: .quality(.invite(number)), section: .quality, back: back,
            form: { typed in
                (
                    visit.inviteForm(summary.group, typed),
                    visit.qualityTrail + [Link(summary.group.title, back)]
                )
            },
            save: { typed in
                let (citizens, companies) = try typed.invited()
                return .saved(
                    try await QualityCase(house).invite(
                        citizens, companies, to: FactID(number), in: municipality.code,
                        by: visit.actor, purpose: purpose))
            },
            after: {
                Route.quality(.group(number)).link([("receipt", String($0.number))])
            }
        ).answer()
    }

    /// What one who was invited said to taking part, and in the group.
    func focusMember(_ group: Int64, _ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let file = try await visit.focusFile(group),
            let member = file.summary.members.first(where: { $0.id == FactID(number) }),
            let purpose = visit.focusPurpose(group)
        else { return visit.error(.notFound) }
        let back = QualityRoute.group(group).path
        return try await SentForm(
            visit: visit, route: .quality(.member(group: group, number)), section: .quality,
            back: back,
            form: { typed in
                (
                    visit.memberForm(member, file, typed),
                    visit.qualityTrail + [Link(file.summary.group.title, back)]
                )
            },
            save: { typed in
                let consent: FocusConsent? = typed.choice("consent")
                try typed.check()
                guard let consent else { throw FieldProblems([]) }
                return .saved(
                    try await QualityCase(house).answer(
                        member.id, consent, words: typed.words("words"), in: municipality.code,
                        by: visit.actor, purpose: purpose))
            },
            after: {
                Route.quality(.group(group)).link([("receipt", String($0.number))])
            }
        ).answer()
    }
}

extension Typed {
    fileprivate mutating func group(_ known: FocusGroup?) throws(FieldProblems) -> FocusGroup {
        let kind: FocusKind? = choice("kind")
        let day = day("day")
        let changedOn = optionalDay("changedOn")
        let told = optionalDay("told")
        try check()
        guard let kind, let day else { throw FieldProblems([]) }
        return FocusGroup(
            id: known?.id ?? FactID(0), title: words("title"), kind: kind,
            audience: words("audience"), initiative: words("initiative"), day: day,
            result: words("result"), changed: words("changed"), changedOn: changedOn, told: told)
    }

    /// Case numbers and CVR numbers, apart by spaces, commas or lines.
    fileprivate mutating func invited() throws(FieldProblems) -> ([CitizenID], [CVR]) {
        func numbers(_ name: String) -> [String] {
            words(name).split { $0.isWhitespace || $0 == "," || $0 == ";" }.map { String($0) }
        }
        var citizens: [CitizenID] = []
        for text in numbers("citizens").prefix(200) {
            if let number = Int64(text) {
                citizens.append(CitizenID(number))
            } else {
                reject("citizens", "focusNoCitizen", ["number": String(text.prefix(20))])
            }
        }
        var companies: [CVR] = []
        for text in numbers("companies").prefix(200) {
            if let cvr = try? CVR(text) {
                companies.append(cvr)
            } else {
                reject("companies", "focusNoCompany", ["number": String(text.prefix(20))])
            }
        }
        try check()
        return (citizens, companies)
    }
}

extension Visit {
    fileprivate func focusPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.focusGroup", ["number": String(number)]))
    }

    fileprivate func focusFile(_ number: Int64) async throws -> QualityCase.FocusFile? {
        guard let purpose = focusPurpose(number) else { return nil }
        return try await QualityCase(house).file(
            of: FactID(number), in: desk.municipality.code, by: actor, purpose: purpose)
    }

    fileprivate func lead(_ summary: FocusSummary) -> String {
        text(
            "views.quality.groupLead",
            [
                "invited": wording.number(summary.members.count),
                "given": wording.number(summary.count(.given)),
                "declined": wording.number(summary.count(.declined)),
                "withdrawn": wording.number(summary.count(.withdrawn)),
            ])
    }

    fileprivate func line(
        _ summary: FocusSummary, isOwnPage: Bool = false
    ) -> CaseListPage.Line {
        let group = summary.group
        var details = [
            text(
                "views.heard.held",
                [
                    "kind": text("term.focusKind.\(group.kind.rawValue)"),
                    "audience": group.audience, "day": wording.day(group.day),
                ]), text("views.heard.initiative", ["text": group.initiative]),
        ]
        if !isOwnPage { details.append(lead(summary)) }
        if !group.result.isEmpty {
            details.append(text("views.heard.said", ["text": group.result]))
            details.append(
                group.changedOn.map {
                    text(
                        "views.heard.changed", ["day": wording.day($0), "text": group.changed])
                } ?? text("views.heard.notChanged"))
            details.append(
                group.told.map { text("views.quality.toldOn", ["day": wording.day($0)]) }
                    ?? text("views.quality.notTold"))
        }
        return CaseListPage.Line(
            heading: group.title, details: details, by: "",
            links: isOwnPage
                ? []
                : [Link(text("views.quality.open"), QualityRoute.group(group.id.number).path)])
    }

    private func name(_ member: FocusMember, _ file: QualityCase.FocusFile) -> String {
        if let citizen = member.citizen {
            return file.people[citizen]?.fullName ?? String(citizen.number)
        }
        return member.company.map { file.companies[$0] ?? $0.description } ?? ""
    }

    fileprivate func line(
        _ member: FocusMember, _ file: QualityCase.FocusFile
    ) -> CaseListPage.Line {
        var details = [
            text(
                "views.quality.consentOn",
                [
                    "consent": text("term.focusConsent.\(member.consent.rawValue)"),
                    "day": wording.day(member.day),
                ])
        ]
        if let words = file.words[member.id] { details.append(words) }
        return CaseListPage.Line(
            heading: name(member, file), details: details, by: "",
            links: [
                Link(
                    text("views.quality.consent"),
                    QualityRoute.member(group: member.group.number, member.id.number).path)
            ])
    }

    fileprivate func memberForm(
        _ member: FocusMember, _ file: QualityCase.FocusFile, _ typed: Typed
    ) -> CaseForm {
        CaseForm(
            headline: name(member, file), lead: text("views.qualityForm.memberLead"),
            fields: [
                FormField(
                    "consent", text("views.quality.consent"),
                    .radios(
                        choices(
                            FocusConsent.self, "term.focusConsent",
                            selected: typed.text("consent", or: member.consent.rawValue)))),
                FormField(
                    "words", text("views.qualityForm.words"),
                    .long(typed.text("words", or: file.words[member.id] ?? "")),
                    help: text("views.qualityForm.wordsHelp")),
            ], save: text("views.qualityForm.save"))
    }

    fileprivate func inviteForm(_ group: FocusGroup, _ typed: Typed) -> CaseForm {
        CaseForm(
            headline: text("views.quality.invite"),
            lead: text("views.qualityForm.inviteLead", ["title": group.title]),
            fields: [
                FormField(
                    "citizens", text("views.qualityForm.citizens"),
                    .long(typed.text("citizens")), help: text("views.qualityForm.citizensHelp")),
                FormField(
                    "companies", text("views.qualityForm.companies"),
                    .long(typed.text("companies")), help: text("views.qualityForm.companiesHelp")),
            ], save: text("views.qualityForm.inviteSave"))
    }

    fileprivate func groupForm(
        _ known: FocusGroup?, _ version: Int64?, _ typed: Typed
    ) -> CaseForm {
        func label(_ key: String) -> String { text("views.qualityForm.\(key)") }
        var fields = [
            FormField(
                "title", label("groupTitle"),
                .text(typed.text("title", or: known?.title ?? ""))),
            FormField(
                "kind", label("groupKind"),
                .radios(
                    choices(
                        FocusKind.self, "term.focusKind",
                        selected: typed.text("kind", or: known?.kind.rawValue ?? "")))),
            FormField(
                "audience", label("audience"),
                .text(typed.text("audience", or: known?.audience ?? "")),
                help: label("audienceHelp")),
            FormField(
                "initiative", label("initiative"),
                .long(typed.text("initiative", or: known?.initiative ?? "")),
                help: label("openHelp")),
            FormField(
                "day", label("day"),
                .day(typed.text("day", or: (known?.day ?? house.clock.today()).iso))),
        ]
        if let known {
            fields.append(
                FormField(
                    "result", label("groupResult"),
                    .long(typed.text("result", or: known.result)), help: label("groupResultHelp")))
            fields += changeFields(known.changed, known.changedOn, typed)
            fields.append(
                FormField(
                    "told", label("told"), .day(typed.text("told", or: known.told?.iso ?? "")),
                    help: label("toldHelp")))
        }
        return CaseForm(
            headline: label(known == nil ? "newGroup" : "editGroup"), lead: label("groupLead"),
            fields: fields, hidden: hidden(version, typed), save: label("save"))
    }
}
