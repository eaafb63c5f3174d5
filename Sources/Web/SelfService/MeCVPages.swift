import Exchange
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// The CV, part by part.
    func ownCV(_ file: CitizenFile) async throws -> CaseListPage {
        let resume = try await OwnCase(house).cv(in: desk.municipality.code, by: actor)
        let isEmpty = resume == Resume()
        return CaseListPage(
            headline: resume.label ?? text(isEmpty ? "me.cv.none" : "me.cv.headline"),
            lead: resume.summary ?? text("me.cv.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.cv.about"), lines: [],
                    forms: [meForm(.cvAbout)])
            ]
                + ResumePart.allCases.map { part in
                    .init(
                        heading: text("me.cv.part.\(part.rawValue)"),
                        lines: resume.entries(part).enumerated().map { line($1, $0, part) },
                        forms: [
                            Link(
                                text("me.cv.add.\(part.rawValue)"),
                                Route.me(.form(.cvEntry)).link([("id", part.rawValue)]))
                        ])
                }
                + [
                    .init(
                        heading: text("me.cv.part.skills"),
                        lines: resume.skills.isEmpty
                            ? []
                            : [
                                .init(
                                    heading: resume.skills.joined(separator: ", "), details: [],
                                    by: "")
                            ], forms: [meForm(.profile)])
                ],
            acts: [meForm(.cvFile)]
                + (isEmpty ? [] : [Link(text("me.cv.download"), MeRoute.cvFile.path)]))
    }

    private func line(
        _ entry: [String: String], _ index: Int, _ part: ResumePart
    ) -> CaseListPage.Line {
        let period = [entry["startDate"], entry["endDate"]].compactMap { $0 }
            .joined(separator: " – ")
        let other = part.fields.dropFirst().filter { !["startDate", "endDate"].contains($0) }
            .compactMap { entry[$0] }
        return CaseListPage.Line(
            heading: entry[part.needed] ?? text("me.cv.untitled"),
            details: (period.isEmpty ? [] : [period]) + other, by: "",
            links: [
                Link(
                    text("me.cv.change"),
                    Route.me(.form(.cvEntry)).link([("id", "\(part.rawValue) \(index)")]))
            ])
    }

    /// The CV as a file, to take elsewhere.
    func ownCVFile() async throws -> Answer {
        let resume = try await OwnCase(house).cv(in: desk.municipality.code, by: actor)
        return Answer(
            contentType: "application/json; charset=utf-8", body: resume.file,
            fileName: "cv.json")
    }

    /// Everything about the citizen as one file.
    func everything() async throws -> Answer {
        let archive = try await OwnCase(house).everything(
            in: desk.municipality.code, by: actor)
        return Answer(
            contentType: "application/x-ndjson; charset=utf-8", body: try archive.bytes(),
            fileName: "fodfaeste.jsonl")
    }

    /// What is wrong with a document, in words.
    fileprivate func told(_ problems: ResumeProblems, _ field: String) -> FieldProblems {
        FieldProblems(
            problems.all.prefix(10).map { problem in
                FieldProblem(
                    field, "cv-\(problem.kind.rawValue)",
                    ["place": problem.place.isEmpty ? "" : "(\(problem.place))"])
            })
    }
}

/// An entry of a part; `id` is the part, with the entry's place where there is one.
struct MeCVEntryForm: MeFormKind {
    private func place(_ typed: Typed) throws -> (part: ResumePart, index: Int?) {
        let words = (typed.query["id"] ?? "").split(separator: " ").map(String.init)
        guard let first = words.first, let part = ResumePart(rawValue: first) else {
            throw FieldProblems([])
        }
        return (part, words.count > 1 ? Int(words[1]) : nil)
    }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let (part, index) = try place(typed)
        let resume = try await OwnCase(visit.house).cv(
            in: visit.desk.municipality.code, by: visit.actor)
        let entries = resume.entries(part)
        let known = index.flatMap { entries.indices.contains($0) ? entries[$0] : nil }
        return CaseForm(
            headline: visit.text("me.cv.part.\(part.rawValue)"),
            lead: visit.text("me.cv.entryLead"),
            fields: part.fields.map { name in
                let value = typed.text(name, or: known?[name] ?? "")
                return FormField(
                    name, visit.text("me.cv.field.\(part.rawValue).\(name)"),
                    name == "summary" ? .long(value) : .text(value),
                    help: ["startDate", "endDate", "date"].contains(name)
                        ? visit.text("me.cv.dateHelp") : nil)
            }, save: visit.text("me.cv.save"),
            others: known == nil
                ? [] : [Choice(value: "remove", label: visit.text("me.cv.remove"))])
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let (part, index) = try place(typed)
        let isRemoved = typed.query["_act"] == "remove"
        let fields = Dictionary(uniqueKeysWithValues: part.fields.map { ($0, typed.words($0)) })
        do {
            return .saved(
                try await OwnCase(visit.house).changeCV(
                    in: visit.desk.municipality.code, by: visit.actor
                ) { resume in
                    if isRemoved, let index {
                        resume.remove(part, at: index)
                    } else {
                        try resume.set(part, at: index, fields)
                    }
                })
        } catch let problems as ResumeProblems {
            throw FieldProblems(
                problems.all.map {
                    FieldProblem(
                        $0.place, $0.kind == .missing ? "empty" : "cv-\($0.kind.rawValue)",
                        ["place": ""])
                })
        }
    }

    var after: MeRoute { .cv }
}

/// The line at the top and the text below it.
struct MeCVAboutForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let resume = try await OwnCase(visit.house).cv(
            in: visit.desk.municipality.code, by: visit.actor)
        return CaseForm(
            headline: visit.text("me.cv.about"), lead: visit.text("me.cv.aboutLead"),
            fields: [
                FormField(
                    "label", visit.text("me.cv.label"),
                    .text(typed.text("label", or: resume.label ?? ""))),
                FormField(
                    "summary", visit.text("me.cv.summary"),
                    .long(typed.text("summary", or: resume.summary ?? ""))),
            ], save: visit.text("me.cv.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let (label, summary) = (typed.words("label"), typed.words("summary"))
        typed.limit("summary", to: 5_000)
        typed.limit("label", to: 200)
        try typed.check()
        return .saved(
            try await OwnCase(visit.house).changeCV(
                in: visit.desk.municipality.code, by: visit.actor
            ) { $0.setBasics(label: label, summary: summary) })
    }

    var after: MeRoute { .cv }
}

/// A CV from a file or pasted, in place of the one there is.
struct MeCVFileForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        CaseForm(
            headline: visit.text("me.form.cv-file"), lead: visit.text("me.cv.fileLead"),
            fields: [
                FormField("file", visit.text("me.cv.file"), .file(accept: ".json")),
                FormField(
                    "pasted", visit.text("me.cv.pasted"), .long(typed.text("pasted"))),
            ], save: visit.text("me.cv.saveFile"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let sent = visit.call.files["file"]?.content ?? []
        let bytes = sent.isEmpty ? Array(typed.words("pasted").utf8) : sent
        let field = sent.isEmpty ? "pasted" : "file"
        if bytes.isEmpty { throw FieldProblems([.init("file", "fileMissing")]) }
        let resume: Resume
        do throws(ResumeProblems) { resume = try Resume(bytes) } catch {
            throw visit.told(error, field)
        }
        return .saved(
            try await OwnCase(visit.house).replaceCV(
                with: resume, in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .cv }
}
