import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Surveys
import Views

extension Desk {
    /// How far a wave is, and what is next; no result before it is ended.
    func manageSurvey(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let file = try await visit.surveyFile(number) else { return visit.error(.notFound) }
        return visit.page(visit.page(of: file), breadcrumb: visit.surveysTrail)
    }

    /// A new wave, or one that is not drawn yet.
    func surveyDraft(_ number: Int64?, _ visit: Visit) async throws -> Answer {
        try Policy.require(.manageSurvey, by: visit.actor, in: municipality.code)
        var known: SurveyWave?
        if let number {
            guard let file = try await visit.surveyFile(number) else {
                return visit.error(.notFound)
            }
            known = file.wave
        }
        guard let purpose = visit.surveyPurpose(number) else { return visit.error(.notFound) }
        let (wave, id) = (known, number.map { FactID($0) })
        return try await SentForm(
            visit: visit, route: .surveys(number.map { .form($0, .edit) } ?? .new),
            section: .home,
            back: (number.map { SurveyRoute.manage($0) } ?? .list).path,
            form: { typed in (visit.draftForm(wave, typed), visit.surveysTrail) },
            save: { typed in
                let new = try typed.wave()
                let (found, receipt) = try await SurveyCase(house).draft(
                    new, correcting: id, in: municipality.code, by: visit.actor,
                    purpose: purpose)
                return .savedAt(.surveys(.manage(found.number)), receipt)
            }, after: { _ in SurveyRoute.list.path }
        ).answer()
    }

    /// Draws the sample, shows what the links are for, or ends the wave.
    func surveyAct(
        _ number: Int64, _ form: SurveyRoute.SurveyForm, _ visit: Visit
    ) async throws -> Answer {
        guard let file = try await visit.surveyFile(number) else { return visit.error(.notFound) }
        var problems: [FieldProblem] = []
        if visit.call.method == .post, let purpose = visit.surveyPurpose(number) {
            do {
                let receipt =
                    form == .draw
                    ? try await SurveyCase(house).draw(
                        FactID(number), in: municipality.code, by: visit.actor,
                        purpose: purpose)
                    : try await SurveyCase(house).end(
                        FactID(number), in: municipality.code, by: visit.actor,
                        purpose: purpose)
                return .redirect(
                    Route.surveys(.manage(number)).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                problems = found.all
            }
        }
        return visit.actPage(file, form, problems)
    }

    /// Makes the links and gives them in a file, to nobody else and never again.
    func surveyLinks(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let file = try await visit.surveyFile(number),
            let purpose = visit.surveyPurpose(number)
        else { return visit.error(.notFound) }
        guard visit.call.method == .post else {
            return .redirect(SurveyRoute.form(number, .send).path)
        }
        do {
            let (letters, _) = try await SurveyCase(house).send(
                FactID(number), secret: { secret() }, in: municipality.code, by: visit.actor,
                purpose: purpose)
            let site = visit.call.site ?? ""
            let table = DataTable(
                id: "links", caption: file.wave.title,
                columns: ["fileCitizen", "fileName", "fileLink"].map {
                    DataTable.Column(visit.text("views.surveyWork.\($0)"))
                },
                rows: letters.map { letter in
                    DataTable.Row(
                        header: String(letter.citizen.number),
                        cells: [
                            .text(letter.name), .text(site + Route.survey(letter.secret).path),
                        ])
                })
            return Answer(
                contentType: "text/csv; charset=utf-8",
                body: CSVWriter.danish.bytes(table, visit.wording), fileName: "links-\(number).csv")
        } catch let found as FieldProblems {
            return visit.actPage(file, .send, found.all)
        }
    }

    /// What was written, with what was said of it.
    func surveyWords(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.surveyPurpose(number),
            let words = try await SurveyCase(house).words(
                of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            CaseListPage(
                headline: visit.text("views.surveyWork.words"),
                lead: visit.text("views.surveyWork.wordsLead"),
                sections: [
                    CaseListPage.Section(
                        heading: visit.text("views.surveyWork.wordsHeading"),
                        lines: words.enumerated().map { visit.line($0 + 1, $1, number) },
                        forms: [],
                        nothing: visit.text(
                            "views.surveyWork.noWords",
                            ["least": visit.wording.number(SurveyEstimate.leastForWords)]))
                ]), breadcrumb: visit.surveysTrail)
    }

    /// Whether the words of one answer may be quoted, and in what form.
    func surveyQuote(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let isSent = visit.call.method == .post
        let query = isSent ? visit.call.form : visit.call.query
        guard let purpose = visit.surveyPurpose(number),
            let words = try await SurveyCase(house).words(
                of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose),
            let answer = query["id"].flatMap({ Int64($0) }),
            let found = words.first(where: { $0.answer == answer })
        else { return visit.error(.notFound) }
        var typed = Typed(query, isEmpty: !isSent)
        if isSent {
            do {
                _ = try await SurveyCase(house).read(
                    answer, of: FactID(number), allows: query["_act"] != "withhold",
                    shown: typed.words("shown"), in: municipality.code, by: visit.actor,
                    purpose: purpose)
                return .redirect(SurveyRoute.words(number).path)
            } catch let problems as FieldProblems {
                typed.reject(problems.all)
            }
        }
        return visit.quoteForm(number, found, typed)
    }
}

extension Typed {
    fileprivate mutating func wave() throws(FieldProblems) -> NewWave {
        let frameDay = day("frameDay")
        let opens = day("opens")
        let closes = day("closes")
        let mode: SurveyMode? = choice("mode")
        let wanted = whole("wanted", in: 1...SurveyCase.mostWanted)
        let seed = whole("seed", in: 0...Int(Int32.max))
        try check()
        guard let frameDay, let opens, let closes, let mode, let wanted, let seed else {
            throw FieldProblems([])
        }
        return NewWave(
            title: words("title"), frameDay: frameDay, opens: opens, closes: closes, mode: mode,
            wanted: wanted, seed: Int64(seed))
    }
}

extension Visit {
    func surveyPurpose(_ number: Int64?) -> Purpose? {
        Purpose(text("web.purpose.survey", ["number": number.map { String($0) } ?? ""]))
    }

    fileprivate func surveyFile(_ number: Int64) async throws -> SurveyFile? {
        try await SurveyCase(house).files(in: desk.municipality.code, by: actor)
            .first { $0.wave.id == FactID(number) }
    }

    /// How far a wave is, in words.
    func stage(_ file: SurveyFile) -> String {
        let key =
            if file.wave.ended != nil {
                "ended"
            } else if file.wave.drawn == nil {
                "draft"
            } else if house.clock.today() > file.wave.closes {
                "over"
            } else {
                file.sendings.isEmpty ? "drawn" : "open"
            }
        return text("views.surveyWork.stage.\(key)", key == "open" ? counts(file) : [:])
    }

    private func counts(_ file: SurveyFile) -> [String: String] {
        [
            "answered": wording.number(file.answered),
            "invited": wording.number(file.wave.invited), "day": wording.day(file.wave.closes),
        ]
    }

    private func link(_ key: String, _ route: SurveyRoute) -> Link {
        Link(text("views.surveyWork.\(key)"), route.path)
    }

    fileprivate func page(of file: SurveyFile) -> CaseListPage {
        let wave = file.wave
        let number = wave.id.number
        var acts: [Link] = []
        if wave.ended != nil {
            acts = [link("results", .one(number)), link("words", .words(number))]
        } else if wave.drawn == nil {
            acts = [link("draw", .form(number, .draw)), link("edit", .form(number, .edit))]
        } else {
            if house.clock.today() <= wave.closes {
                acts.append(link("send", .form(number, .send)))
            }
            if !file.sendings.isEmpty { acts.append(link("end", .form(number, .end))) }
        }
        var sections = [
            CaseListPage.Section(
                heading: text("views.surveyWork.setup"),
                lines: [
                    CaseListPage.Line(
                        heading: window(wave.opens, wave.closes),
                        details: [
                            text("term.surveyMode.\(wave.mode.rawValue)"),
                            text(
                                "views.surveyWork.frameDay",
                                ["day": wording.day(wave.frameDay)]),
                            text("views.surveyWork.seedOf", ["seed": String(wave.seed)]),
                        ], by: "")
                ], forms: [])
        ]
        if !wave.strata.all.isEmpty { sections.append(sample(wave)) }
        if case .lines(let sent) = sendings(file.sendings) { sections.append(sent) }
        return CaseListPage(
            headline: wave.title,
            lead: "\(stage(file)) \(text("views.surveyWork.manageLead"))",
            warnings: call.query["receipt"].flatMap { Int($0) }.map {
                [text("views.surveyWork.receipt", ["number": wording.number($0)])]
            } ?? [], sections: sections, acts: acts)
    }

    private func sample(_ wave: SurveyWave) -> CaseListPage.Section {
        func of(_ drawn: Int, _ frame: Int) -> String {
            text(
                "views.surveyWork.sampleOf",
                ["drawn": wording.number(drawn), "frame": wording.number(frame)])
        }
        return CaseListPage.Section(
            heading: text("views.surveyWork.sample"),
            lines: [
                CaseListPage.Line(
                    heading: of(wave.invited, wave.frame),
                    details: wave.strata.all.map {
                        "\(name($0.cells)): \(of($0.drawn, $0.frame))"
                    }, by: "")
            ], forms: [])
    }

    fileprivate func draftForm(_ known: SurveyWave?, _ typed: Typed) -> CaseForm {
        func label(_ key: String) -> String { text("views.surveyWork.\(key)") }
        let today = house.clock.today()
        func day(_ name: String, _ key: String, _ day: Day, help: Bool = false) -> FormField {
            FormField(
                name, label(key), .day(typed.text(name, or: day.iso)),
                help: help ? label("frameHelp") : nil)
        }
        let seed = known?.seed ?? Int64(today.number)
        return CaseForm(
            headline: known.map { text("views.surveyWork.correct", ["title": $0.title]) }
                ?? label("headline"), lead: label("lead"),
            fields: [
                FormField(
                    "title", label("title"),
                    .text(typed.text("title", or: known?.title ?? "")), help: label("titleHelp")),
                day("frameDay", "frameField", known?.frameDay ?? today, help: true),
                day("opens", "opens", known?.opens ?? today),
                day("closes", "closes", known?.closes ?? today + 28),
                FormField(
                    "mode", label("mode"),
                    .select(
                        choices(
                            SurveyMode.self, "term.surveyMode",
                            selected: typed.text(
                                "mode", or: known?.mode.rawValue ?? "digital")))),
                FormField(
                    "wanted", label("wanted"),
                    .text(typed.text("wanted", or: String(known?.wanted ?? 500))),
                    help: text(
                        "views.surveyWork.wantedHelp",
                        ["least": wording.number(SampleDraw.leastDrawn)])),
                FormField(
                    "seed", label("seed"), .text(typed.text("seed", or: String(seed))),
                    help: label("seedHelp")),
            ], save: label("save"))
    }

    /// A page with one button: draws, makes links or ends.
    fileprivate func actPage(
        _ file: SurveyFile, _ form: SurveyRoute.SurveyForm, _ problems: [FieldProblem]
    ) -> Answer {
        let number = file.wave.id.number
        let key = form.rawValue
        var values = counts(file)
        values["wanted"] = wording.number(file.wave.wanted)
        var notices = problems.map { Notice(text("problem.\($0.key)", $0.values)) }
        if form == .send, !file.sendings.isEmpty {
            notices.append(
                Notice(
                    text(
                        "views.surveyWork.sendAgain",
                        ["n": wording.number(file.sendings.count)])))
        }
        let route: SurveyRoute = form == .send ? .links(number) : .form(number, form)
        return page(
            FormPage(
                headline: text("views.surveyWork.\(key)"),
                lead: text("views.surveyWork.\(key)Lead", values), notices: notices, fields: [],
                save: text("views.surveyWork.\(form == .send ? "sendFile" : key)"),
                back: Link(file.wave.title, SurveyRoute.manage(number).path),
                action: route.path), breadcrumb: surveysTrail,
            status: problems.isEmpty ? 200 : 400)
    }

    fileprivate func line(_ place: Int, _ found: SurveyWords, _ number: Int64)
        -> CaseListPage.Line
    {
        let said = found.readings.map { reading in
            reading.allows
                ? text(
                    "views.surveyWork.allowed",
                    ["reader": reading.reader, "text": reading.shown])
                : text("views.surveyWork.withheld", ["reader": reading.reader])
        }
        return CaseListPage.Line(
            heading: text("views.surveyWork.wordsOf", ["n": wording.number(place)]),
            details: [found.words] + said,
            by: found.quote == nil ? "" : text("views.surveyWork.shown"),
            links: [
                Link(
                    text("views.surveyWork.quote"),
                    Route.surveys(.form(number, .quote)).link([("id", String(found.answer))]))
            ])
    }

    fileprivate func quoteForm(_ number: Int64, _ found: SurveyWords, _ typed: Typed) -> Answer {
        // What another has taken out stays out, so that both can allow the same.
        let proposal = found.readings.last { $0.allows }?.shown ?? found.words
        return page(
            FormPage(
                headline: text("views.surveyWork.quote"),
                lead: text("views.surveyWork.wordsLead"),
                notices: [
                    Notice(
                        text("views.surveyWork.wordsHeading"), lines: [.init(found.words)])
                ],
                fields: told(
                    [
                        FormField(
                            "shown", text("views.surveyWork.quoteText"),
                            .long(typed.text("shown", or: proposal)),
                            help: text("views.surveyWork.quoteHelp"))
                    ], typed.problems), hidden: [.init("id", String(found.answer))],
                save: text("views.surveyWork.allow"),
                others: [
                    Choice(value: "withhold", label: text("views.surveyWork.withhold"))
                ],
                back: Link(text("views.surveyWork.words"), SurveyRoute.words(number).path),
                action: SurveyRoute.form(number, .quote).path),
            breadcrumb: surveysTrail, status: typed.problems.isEmpty ? 200 : 400)
    }
}
