import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// How many were trained in what, and the courses.
    func training(_ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        let today = house.clock.today()
        let mayLog = visit.mayLogTraining
        return visit.qualityPage(
            headline: visit.text("views.quality.training"),
            lead: visit.text("views.quality.trainingLead"),
            acts: mayLog ? [visit.quality("new.course", .newCourse)] : [],
            parts: [
                visit.shares(TrainingTheme.allCases.map { book.trained($0, on: today) }),
                visit.part(
                    "courses", book.courses.map { visit.line($0, book) }, "noCourses"),
            ])
    }

    /// The registrations behind one share.
    func training(_ theme: TrainingTheme, _ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        let share = book.trained(theme, on: house.clock.today())
        return visit.qualityPage(
            headline: visit.text("term.trainingTheme.\(theme.rawValue)"),
            lead: visit.text(
                "views.quality.shareLead",
                [
                    "trained": visit.wording.number(share.trained),
                    "employed": visit.wording.number(share.employed),
                    "from": visit.wording.day(share.from), "to": visit.wording.day(share.to),
                ]),
            parts: [
                visit.part("courses", share.courses.map { visit.line($0, book) }, "noCourses")
            ],
            breadcrumb: visit.qualityTrail + [visit.quality("training", .training)])
    }

    /// A new course with those who took part, or one to correct. Only for those who may read
    /// the names.
    func trainingCourse(_ number: Int64?, _ visit: Visit) async throws -> Answer {
        try Policy.require(.logTraining, by: visit.actor, in: municipality.code)
        let cases = QualityCase(house)
        let book = try await qualityBook(visit)
        let known = number.flatMap { book.course(FactID($0)) }
        var version: Int64?
        if let number {
            guard known != nil else { return visit.error(.notFound) }
            version = try await cases.standing(
                .trainingCourse, FactID(number), in: municipality.code, by: visit.actor)?.number
        }
        guard let purpose = visit.qualityPurpose else { return visit.error(.notFound) }
        let staff = try await StaffCase(house).staff(of: municipality.code)
        let opened = version
        return try await SentForm(
            visit: visit, route: .quality(number.map { .course($0) } ?? .newCourse),
            section: .quality, back: QualityRoute.training.path,
            form: { typed in
                (
                    visit.courseForm(known, opened, staff, typed),
                    visit.qualityTrail + [visit.quality("training", .training)]
                )
            },
            save: { typed in
                let course = try typed.course(known, staff)
                return .saved(
                    try await cases.train(
                        course,
                        changing: known == nil
                            ? nil : typed.query["version"].flatMap { Int64($0) } ?? 0,
                        in: municipality.code, by: visit.actor, purpose: purpose
                    ).1)
            },
            after: {
                Route.quality(.training).link([("receipt", String($0.number))])
            }
        ).answer()
    }
}

extension Typed {
    fileprivate mutating func course(
        _ known: TrainingCourse?, _ staff: [StaffMember]
    ) throws(FieldProblems) -> TrainingCourse {
        let theme: TrainingTheme? = choice("theme")
        let day = day("day")
        let hours = Double(words("hours").replacing(",", with: "."))
        if hours.map({ !(0.25...100).contains($0) }) ?? true { reject("hours", "trainingHours") }
        var present = staff.map(\.id).filter { tick("staff-\($0.number)") }
        // Those who have left since are not in the list, and took part all the same.
        let listed = Set(staff.map(\.id))
        present += known?.participants.all.filter { !listed.contains($0) } ?? []
        if present.isEmpty {
            reject(staff.first.map { "staff-\($0.id.number)" } ?? "staff", "trainingNobody")
        }
        try check()
        guard let theme, let day, let hours else { throw FieldProblems([]) }
        return TrainingCourse(
            id: known?.id ?? FactID(0), title: words("title"), theme: theme, day: day,
            minutes: Int((hours * 60).rounded()), participants: TrainingParticipants(present),
            evaluation: words("evaluation"))
    }
}

extension Visit {
    fileprivate var mayLogTraining: Bool {
        Policy.refusal(of: .logTraining, by: actor, in: desk.municipality.code) == nil
    }

    fileprivate func shares(_ shares: [TrainingShare]) -> PoolPage.Part {
        func column(_ key: String, decimals: Int? = nil) -> DataTable.Column {
            DataTable.Column(text("views.quality.column.\(key)"), decimals: decimals)
        }
        return .table(
            PoolPage.Table(
                heading: text("views.quality.shares"),
                table: DataTable(
                    id: "shares", caption: text("views.quality.sharesCaption"),
                    columns: [
                        column("theme"), column("trained"), column("share"),
                        column("courses", decimals: 0),
                    ],
                    rows: shares.map { share in
                        DataTable.Row(
                            header: text("term.trainingTheme.\(share.theme.rawValue)"),
                            href: QualityRoute.theme(share.theme).path,
                            cells: [
                                .text(
                                    text(
                                        "views.quality.of",
                                        [
                                            "n": wording.number(share.trained),
                                            "all": wording.number(share.employed),
                                        ])),
                                .text(rate(share.trained, share.employed)),
                                .number(Double(share.courses.count)),
                            ])
                    }), note: text("views.quality.sharesNote")))
    }

    /// A course; names only for those who may read them.
    fileprivate func line(_ course: TrainingCourse, _ book: QualityBook) -> CaseListPage.Line {
        var details = [
            text(
                "views.quality.courseOf",
                [
                    "theme": text("term.trainingTheme.\(course.theme.rawValue)"),
                    "hours": wording.number(Double(course.minutes) / 60, decimals: 1),
                    "n": wording.number(course.participants.all.count),
                ])
        ]
        if mayLogTraining {
            details.append(
                text(
                    "views.quality.tookPart",
                    [
                        "names": course.participants.all
                            .map { book.staff[$0]?.name ?? String($0.number) }
                            .joined(separator: ", ")
                    ]))
        }
        if !course.evaluation.isEmpty { details.append(course.evaluation) }
        return CaseListPage.Line(
            heading: "\(course.title), \(wording.day(course.day))", details: details, by: "",
            links: mayLogTraining
                ? [
                    Link(
                        text("views.quality.correct"),
                        QualityRoute.course(course.id.number).path)
                ] : [])
    }

    fileprivate func courseForm(
        _ known: TrainingCourse?, _ version: Int64?, _ staff: [StaffMember], _ typed: Typed
    ) -> CaseForm {
        func label(_ key: String) -> String { text("views.qualityForm.\(key)") }
        let present = Set(known?.participants.all ?? [])
        let hours = known.map { wording.number(Double($0.minutes) / 60, decimals: 2) } ?? "3"
        var fields = [
            FormField(
                "title", label("courseTitle"),
                .text(typed.text("title", or: known?.title ?? ""))),
            FormField(
                "theme", label("theme"),
                .radios(
                    choices(
                        TrainingTheme.self, "term.trainingTheme",
                        selected: typed.text("theme", or: known?.theme.rawValue ?? "")))),
            FormField(
                "day", label("day"),
                .day(typed.text("day", or: (known?.day ?? house.clock.today()).iso))),
            FormField(
                "hours", label("hours"), .text(typed.text("hours", or: hours)),
                help: label("hoursHelp")),
        ]
        fields += staff.map { one in
            FormField(
                "staff-\(one.id.number)", "\(one.name), \(one.team)",
                .tick(typed.tick("staff-\(one.id.number)", or: present.contains(one.id))))
        }
        fields.append(
            FormField(
                "evaluation", label("evaluation"),
                .long(typed.text("evaluation", or: known?.evaluation ?? "")),
                help: label("evaluationHelp")))
        return CaseForm(
            headline: label("course"), lead: label("courseLead"), fields: fields,
            hidden: hidden(version, typed), save: label("save"))
    }
}
