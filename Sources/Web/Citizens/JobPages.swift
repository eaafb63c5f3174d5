import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Open orders that fit a citizen, and other occupations within reach.
    func jobs(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.jobs.what") { file, purpose in
            let cases = CandidateCase(house)
            let found = try await cases.orders(
                for: file.citizen.id, in: municipality.code, by: visit.actor, purpose: purpose)
            let names = try await CompanyCase(house).names(in: municipality.code, by: visit.actor)
            var page = visit.page(
                found, file, names, try await cases.books(), [("purpose", purpose.text)])
            let pools = try await visit.pools(of: file, purpose)
            if let pools { page.sections.append(pools) }
            page.receipt = visit.receipt(in: file)
            return visit.page(
                page, section: .citizens, breadcrumb: visit.trail(to: file, purpose))
        }
    }
}

extension Visit {
    /// Occupations shown as within reach.
    static let reachShown = 8

    fileprivate func page(
        _ found: OrdersFound?, _ file: CitizenFile,
        _ names: [ProductionUnitNumber: Company], _ books: MatchingBooks,
        _ asked: [(String, String?)]
    ) -> CaseListPage {
        let number = file.citizen.id.number
        let profile = Link(
            text("views.citizen.form.job-profile"),
            Route.citizenForm(number, .jobProfile).link(asked))
        let may = mayRegister
        let headline = text("views.jobs.headline", ["name": file.citizen.fullName])
        guard let found else {
            return CaseListPage(
                headline: headline, lead: text("views.jobs.noProfile"),
                sections: [
                    CaseListPage.Section(
                        heading: text("views.fact.job_profile"), lines: [],
                        forms: may ? [profile] : [])
                ])
        }
        return CaseListPage(
            headline: headline,
            lead: text(
                "views.jobs.lead",
                [
                    "day": wording.day(found.profile.start),
                    "wishes": found.profile.wishes.map { occupation($0, books) }
                        .joined(separator: ", "),
                    "skills": skills(found.profile.skills, books),
                ]), receipt: receipt(in: file),
            sections: [
                CaseListPage.Section(
                    heading: text("views.jobs.orders"),
                    lines: found.lines.map { line($0, names, books, number, may ? asked : nil) },
                    forms: may ? [profile] : [], nothing: text("views.jobs.noOrders")),
                CaseListPage.Section(
                    heading: text("views.jobs.reach"),
                    lines: found.reach.filter { !found.profile.wishes.contains($0.occupation.id) }
                        .prefix(Self.reachShown).map { reachLine($0, found, books) }, forms: [],
                    nothing: text("views.jobs.noReach")),
            ])
    }

    private func line(
        _ line: OrdersFound.Line, _ names: [ProductionUnitNumber: Company],
        _ books: MatchingBooks, _ citizen: Int64, _ asked: [(String, String?)]?
    ) -> CaseListPage.Line {
        let order = line.order
        var links: [Link] = []
        if mayReadCompanies {
            links.append(
                Link(text("views.orders.open"), Route.order(order.order.id.number).path))
        }
        if let asked, line.stand == nil || line.stand == .volunteered || line.stand == .declined {
            links.append(
                Link(
                    text("views.citizen.form.job-choice"),
                    Route.citizenForm(citizen, .jobChoice).link(
                        asked + [("id", String(order.order.id.number))])))
        }
        return orderLine(line, names, books, links)
    }

    /// An order that fits, with the reasons.
    func orderLine(
        _ line: OrdersFound.Line, _ names: [ProductionUnitNumber: Company],
        _ books: MatchingBooks, _ links: [Link]
    ) -> CaseListPage.Line {
        CaseListPage.Line(
            heading: "\(title(of: line.order)), \(names[line.order.order.unit]?.name ?? "")",
            details: (line.stand.map { [words($0)] } ?? []) + reasons(line.suggestion, books),
            by: "", links: links)
    }

    /// An occupation within reach: what is there, what is missing, the courses and the orders.
    func reachLine(
        _ reach: Reach, _ found: OrdersFound, _ books: MatchingBooks
    ) -> CaseListPage.Line {
        let all = reach.has.count + reach.lacks.count
        var details = [
            text(
                "views.jobs.reachLead",
                ["has": wording.number(reach.has.count), "all": wording.number(all)])
        ]
        let lacks = reach.lacks + reach.lacksCertificates
        if !lacks.isEmpty {
            details.append(text("views.jobs.lacks", ["skills": skills(lacks, books)]))
        }
        if !reach.courses.isEmpty {
            let names = reach.courses.map { $0.name(in: language) }
            details.append(
                text("views.jobs.courses", ["courses": names.joined(separator: ", ")]))
        }
        let open = found.lines.filter {
            $0.order.description?.occupation == reach.occupation.id
        }
        details.append(
            open.isEmpty
                ? text("views.jobs.noneThere")
                : text(
                    "views.jobs.openThere",
                    ["orders": open.map { title(of: $0.order) }.joined(separator: ", ")]))
        return CaseListPage.Line(
            heading: reach.occupation.name(in: language), details: details, by: "")
    }
}

/// What a citizen can and wishes for.
struct JobProfileForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        CaseForm(
            headline: visit.text("views.profile.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.profile.lead"),
            fields: try await Self.fields(file, typed, visit),
            save: visit.text("views.profile.save"),
            others: [Choice(value: "read", label: visit.text("views.orderForm.readText"))])
    }

    static func fields(
        _ file: CitizenFile, _ typed: Typed, _ visit: Visit
    ) async throws -> [FormField] {
        let books = try await CandidateCase(visit.house).books()
        let today = visit.house.clock.today()
        let known = file.registrations.lazy.compactMap { note -> JobProfile? in
            guard case .jobProfile(let profile) = note.fact, profile.holds(on: today) else {
                return nil
            }
            return profile
        }.first
        func text(_ name: String, _ value: String, help: Bool = false) -> FormField {
            FormField(
                name, visit.text("views.profile.\(name)"),
                .text(typed.text(name, or: value)),
                help: help ? visit.text("views.profile.\(name)Help") : nil)
        }
        let wishes = known?.wishes.map { visit.occupation($0, books) } ?? []
        var fields = [
            FormField(
                "text", visit.text("views.profile.text"),
                .long(typed.text("text", or: known?.text ?? "")),
                help: visit.text("views.profile.textHelp")),
            text("wishes", wishes.joined(separator: ", "), help: true),
            text("skills", visit.skills(known?.skills ?? [], books), help: true),
        ]
        fields += visit.hoursFields(typed, known?.hours ?? WeeklyHours())
        fields += JobKind.allCases.map { kind in
            FormField(
                "kind-\(kind.rawValue)",
                visit.text(
                    "views.profile.kinds",
                    ["kind": visit.text("term.jobKind.\(kind.rawValue)").lowercased()]),
                .tick(
                    typed.tick(
                        "kind-\(kind.rawValue)",
                        or: known?.kinds.contains(kind) ?? (kind == .ordinary))))
        }
        fields += [
            text("postcode", known?.postcode ?? ""),
            text("farthest", String(known?.farthest ?? 30)),
        ]
        return fields
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let books = try await CandidateCase(visit.house).books()
        if typed.query["_act"] == "read" { return .shown(Self.read(&typed, books, visit)) }
        return .saved(
            try await CandidateCase(visit.house).register(
                try Self.profile(&typed, of: citizen, books, visit),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }

    /// The profile that was typed. Throws `FieldProblems`.
    static func profile(
        _ typed: inout Typed, of citizen: CitizenID, _ books: MatchingBooks, _ visit: Visit
    ) throws -> JobProfile {
        let wishes = typed.occupations("wishes", books)
        let skills = typed.skills("skills", books)
        let hours = typed.hoursAWeek()
        let kinds = JobKind.allCases.filter { typed.tick("kind-\($0.rawValue)") }
        let postcode = typed.postcode("postcode", books)
        let farthest = typed.whole("farthest", in: 1...500)
        try typed.check()
        guard let postcode, let farthest else { throw FieldProblems([]) }
        return JobProfile(
            id: FactID(0), citizen: citizen, start: visit.house.clock.today(),
            wishes: wishes, skills: skills, hours: hours, kinds: kinds,
            postcode: postcode, farthest: farthest, text: typed.words("text"))
    }

    /// Reads wishes and skills out of the citizen's own words, beside those typed already.
    static func read(
        _ typed: inout Typed, _ books: MatchingBooks, _ visit: Visit
    ) -> [Notice] {
        let (coding, language) = books.reader.code(typed.words("text"))
        var notices: [Notice] = []
        if language != nil, language != "en" {
            notices.append(Notice(visit.text("views.profile.foreign")))
        }
        let wishes = coding.occupationIDs.map { visit.occupation($0, books) }
        let skills = coding.skillIDs.compactMap { books.taxonomy.skill($0) }.map {
            $0.name(in: visit.language)
        }
        let nothing = wishes.isEmpty && skills.isEmpty
        if notices.isEmpty {
            notices.append(
                Notice(visit.text(nothing ? "views.profile.nothing" : "views.profile.read")))
        }
        func joined(_ name: String, _ found: [String]) -> (String, String) {
            let own = typed.words(name).split(separator: ",")
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            return (
                name, (own + found.filter { !own.contains($0) }).joined(separator: ", ")
            )
        }
        let read = [joined("wishes", wishes), joined("skills", skills)]
        let kept = typed.query.pairs.filter { pair in
            pair.name != "_act" && !read.contains { $0.0 == pair.name }
        }
        typed = Typed(Query(kept.map { ($0.name, $0.value) } + read), isEmpty: false)
        return notices
    }

    func after(_ citizen: CitizenID) -> Route { .jobs(citizen.number) }
}

/// The citizen's own yes or no to an order; `id` is the order's number.
struct JobChoiceForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let book = try await OrderCase(visit.house).book(
            of: visit.desk.municipality.code, by: visit.actor)
        guard let order = typed.query.fact("id").flatMap({ book[$0] }) else {
            throw FieldProblems([])
        }
        let chosen = typed.text("answer")
        return CaseForm(
            headline: visit.text("views.choice.headline", ["title": visit.title(of: order)]),
            lead: visit.text("views.choice.lead"),
            fields: [
                FormField(
                    "answer", visit.text("views.choice.answer"),
                    .radios(
                        [("volunteered", "wants"), ("declined", "declines")].map { value, key in
                            Choice(
                                value: value, label: visit.text("views.jobs.\(key)"),
                                isSelected: value == chosen)
                        }))
            ], save: visit.text("views.choice.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let order = typed.chosen("id")
        let answer: OrderEventKind? = typed.choice("answer")
        try typed.check()
        guard let order, let answer, [.volunteered, .declined].contains(answer) else {
            throw FieldProblems([.init("answer", "choice")])
        }
        return .saved(
            try await OrderCase(visit.house).register(
                answer, of: citizen, on: order, day: visit.house.clock.today(),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }

    func after(_ citizen: CitizenID) -> Route { .jobs(citizen.number) }
}
