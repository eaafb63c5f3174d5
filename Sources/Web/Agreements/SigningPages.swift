import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// One agreement for one who signs it by a link, without signing in. Every link that leads
    /// nowhere any more says why.
    func sign(_ secret: String, _ visit: Visit) async throws -> Answer {
        if visit.call.isTooLarge { return visit.error(.tooLarge) }
        let cases = AgreementCase(house)
        var typed = Typed(visit.call.form, isEmpty: visit.call.method == .get)
        var notices: [Notice] = []
        if visit.call.method == .post {
            let shown = typed.query["shown"] ?? ""
            do {
                if typed.query["_act"] == "refuse" {
                    try await cases.refuse(
                        by: secret, shown: shown, words: typed.words("words"),
                        in: municipality.code)
                } else {
                    try await cases.sign(
                        by: secret, shown: shown, name: typed.words("name"),
                        in: municipality.code)
                }
                // Reading it again shows the receipt, and sending it again does nothing.
                return .redirect(Route.sign(secret).path)
            } catch let found as FieldProblems {
                typed.reject(found.all)
            } catch is EffortRefusal {
                notices.append(Notice(visit.text("views.sign.forbidden")))
            }
        }
        guard let found = try await cases.opened(secret, in: municipality.code) else {
            return visit.told("unknown", status: 404)
        }
        switch found {
        case .open(let page):
            return visit.signingForm(page, Route.sign(secret).path, typed, notices)
        case .used(let page, let mark, let note): return visit.signed(page, mark, note)
        case .replaced: return visit.told("replaced")
        case .newer: return visit.told("newer")
        case .expired(let day): return visit.told("expired", ["day": visit.wording.day(day)])
        case .withdrawn: return visit.told("withdrawn")
        case .refused: return visit.told("refused")
        case .done: return visit.told("done")
        }
    }
}

extension Visit {
    /// Why a link leads nowhere, and what to do.
    fileprivate func told(
        _ key: String, _ values: [String: String] = [:], status: Int = 200
    ) -> Answer {
        page(
            CaseListPage(
                headline: text("views.sign.\(key)"),
                lead: text("views.sign.\(key)Text", values), sections: []), status: status)
    }

    private func lines(_ page: SigningPage) -> [Notice] {
        let standing = page.file.standing
        return [
            Notice(
                text("views.sign.agreed"), lines: agreed(page.file).map { .init($0) }),
            Notice(
                text("views.agreement.signers"),
                lines: standing.current.map { signer in
                    .init(
                        "\(text("term.party.\(signer.party.rawValue)")): \(signer.name). "
                            + words(signer, standing))
                }),
        ]
    }

    /// `action` takes what was typed.
    func signingForm(
        _ page: SigningPage, _ action: String, _ typed: Typed, _ notices: [Notice],
        back: Link? = nil, section: Section? = nil
    ) -> Answer {
        let file = page.file
        let known: Set = ["name", "words"]
        let loose = typed.problems.filter { !known.contains($0.field) }
            .map { Notice(text("problem.\($0.key)", $0.values)) }
        let changed =
            file.standing.void(of: page.signer.id) == nil
            ? [] : [Notice(text("views.sign.changedSince"))]
        return self.page(
            FormPage(
                headline: text("views.sign.headline", ["company": file.companyName]),
                lead: text(
                    "views.sign.lead",
                    [
                        "name": page.signer.name,
                        "party": text("term.party.\(page.signer.party.rawValue)").lowercased(),
                        "day": wording.day(file.agreement.deadline),
                    ]),
                notices: loose + notices + changed + lines(page)
                    + self.notices(page.checks),
                fields: told(
                    [
                        FormField(
                            "name", text("views.sign.name"), .text(typed.text("name")),
                            help: text("views.sign.nameHelp")),
                        FormField(
                            "words", text("views.sign.words"), .long(typed.text("words")),
                            help: text("views.sign.wordsHelp")),
                    ], typed.problems),
                hidden: [.init("shown", file.agreement.digest)],
                save: text("views.sign.save"),
                others: [Choice(value: "refuse", label: text("views.sign.refuse"))],
                back: back ?? Link(text("views.section.home"), Route.home.path),
                action: action), section: section,
            status: typed.problems.isEmpty && notices.isEmpty ? 200 : 400)
    }

    /// The link was used: the receipt, and how the agreement stands now.
    fileprivate func signed(
        _ page: SigningPage, _ mark: AgreementMark, _ note: RegistrationNote
    ) -> Answer {
        let standing = page.file.standing
        var warnings: [String] = []
        if mark.digest != page.file.agreement.digest {
            warnings.append(text("views.sign.changedAfter"))
        }
        return self.page(
            CaseListPage(
                headline: text("views.sign.used.\(mark.kind.rawValue)"),
                lead: text(
                    "views.sign.usedText",
                    [
                        "day": wording.day(mark.day), "name": page.signer.name,
                        "stage": text("views.agreement.stage.\(page.file.stage.rawValue)"),
                    ]),
                receipt: CitizenPage.Receipt(
                    number: Int(note.number), hash: String(note.hash.prefix(12)),
                    what: text(
                        "views.agreement.textHash", ["hash": String(mark.digest.prefix(12))])),
                warnings: warnings,
                sections: [
                    CaseListPage.Section(
                        heading: text("views.sign.agreedNow"),
                        lines: [
                            CaseListPage.Line(
                                heading: title(of: page.file.agreement, page.file.kind),
                                details: agreed(page.file), by: "")
                        ], forms: []),
                    CaseListPage.Section(
                        heading: text("views.agreement.signers"),
                        lines: standing.current.map {
                            CaseListPage.Line(
                                heading: "\(text("term.party.\($0.party.rawValue)")): \($0.name)",
                                details: [words($0, standing)], by: "")
                        }, forms: []),
                ]))
    }
}
