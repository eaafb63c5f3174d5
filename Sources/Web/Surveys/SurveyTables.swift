import Chronology
import Jobcenter
import Registry
import Reporting
import Surveys
import Views

// The tables of what surveys say. Each figure stands with how many were asked, how many
// answered, when and how.
extension Visit {
    private func column(_ key: String, decimals: Int? = nil) -> DataTable.Column {
        DataTable.Column(text("views.surveys.column.\(key)"), decimals: decimals)
    }

    private func share(_ share: SurveyEstimate.Share?) -> CellValue {
        share.map { .text(percent($0.value)) } ?? .hidden
    }

    private func interval(_ share: SurveyEstimate.Share?) -> CellValue {
        share.map {
            .text(
                text(
                    "views.surveys.interval", ["low": percent($0.low), "high": percent($0.high)]))
        } ?? .hidden
    }

    /// `2.700 inviterede, 2.012 svarede (74,5 %), 01.03.2025 til 31.03.2025, digitalt`
    func fact(_ results: SurveyResults) -> String {
        let (wave, estimate) = (results.wave, results.estimate)
        return text(
            "views.surveys.fact",
            [
                "invited": wording.number(estimate.invited),
                "answered": wording.number(estimate.answered),
                "rate": rate(estimate.answered, estimate.invited),
                "window": window(wave.opens, wave.closes), "mode": mode(wave.mode),
            ])
    }

    func ended(_ ended: [SurveyResults]) -> PoolPage.Part {
        .table(
            PoolPage.Table(
                heading: text("views.surveys.ended"),
                table: DataTable(
                    id: "surveys", caption: text("views.surveys.endedCaption"),
                    columns: [
                        column("wave"), column("satisfied"), column("interval"),
                        column("invited", decimals: 0), column("answered", decimals: 0),
                        column("rate"), column("window"), column("mode"),
                    ],
                    rows: ended.map { results in
                        let overall = results.estimate.themes.last?.weighted
                        return DataTable.Row(
                            header: results.wave.title,
                            href: SurveyRoute.one(results.wave.id.number).path,
                            cells: [
                                share(overall), interval(overall),
                                .number(Double(results.estimate.invited)),
                                .number(Double(results.estimate.answered)),
                                .text(rate(results.estimate.answered, results.estimate.invited)),
                                .text(window(results.wave.opens, results.wave.closes)),
                                .text(text("term.surveyMode.\(results.wave.mode.rawValue)")),
                            ])
                    }), nothing: text("views.surveys.none")))
    }

    /// Waves of which only totals are registered: as answered, without a finite population.
    func totals(_ totals: [UserSurvey]) -> PoolPage.Part {
        .table(
            PoolPage.Table(
                heading: text("views.surveys.totals"),
                table: DataTable(
                    id: "totals", caption: text("views.surveys.totalsCaption"),
                    columns: [
                        column("window"), column("plain"), column("plainInterval"),
                        column("invited", decimals: 0), column("answered", decimals: 0),
                        column("rate"),
                    ],
                    rows: totals.map { survey in
                        let found =
                            survey.answered < SurveyEstimate.leastAnswers
                            ? nil
                            : SurveyEstimate.share(
                                Double(survey.satisfied) / Double(survey.answered),
                                Double(survey.answered), of: .max)
                        return DataTable.Row(
                            header: window(survey.opened, survey.closed),
                            cells: [
                                share(found), interval(found), .number(Double(survey.invited)),
                                .number(Double(survey.answered)),
                                .text(rate(survey.answered, survey.invited)),
                            ])
                    })))
    }

    func themes(_ results: SurveyResults) -> PoolPage.Part {
        .table(
            PoolPage.Table(
                heading: text("views.surveys.themes"),
                table: DataTable(
                    id: "themes", caption: fact(results),
                    columns: [
                        column("theme"), column("satisfied"), column("interval"),
                        column("plain"), column("plainInterval"),
                        column("scored", decimals: 0), column("unknown", decimals: 0),
                        column("effective", decimals: 0),
                    ],
                    rows: results.estimate.themes.map { theme in
                        DataTable.Row(
                            header: text("term.surveyTheme.\(theme.theme.rawValue)"),
                            cells: [
                                share(theme.weighted), interval(theme.weighted),
                                share(theme.unweighted), interval(theme.unweighted),
                                .number(Double(theme.scored)), .number(Double(theme.unknown)),
                                .number(theme.effective.rounded()),
                            ], isEmphasised: theme.theme == .overall)
                    }),
                note: text(
                    "views.surveys.themesNote",
                    ["least": wording.number(SurveyEstimate.leastAnswers)])))
    }

    /// The groups, where there are answers enough that none is small.
    func weights(_ results: SurveyResults) -> PoolPage.Part {
        let groups = results.estimate.groups.filter {
            $0.answered >= SurveyEstimate.leastInWeight
        }
        return .table(
            PoolPage.Table(
                heading: text("views.surveys.weights"),
                table: DataTable(
                    id: "weights", caption: text("views.surveys.weightsCaption"),
                    columns: [
                        column("group"), column("frame", decimals: 0),
                        column("invited", decimals: 0), column("answered", decimals: 0),
                        column("rate"), column("weight", decimals: 2),
                    ],
                    rows: groups.map { group in
                        DataTable.Row(
                            header: name(group.cells),
                            cells: [
                                .number(Double(group.frame)), .number(Double(group.drawn)),
                                .number(Double(group.answered)),
                                .text(rate(group.answered, group.drawn)), .number(group.weight),
                            ])
                    }),
                note: text(
                    "views.surveys.weightsNote",
                    ["least": wording.number(SurveyEstimate.leastInWeight)])))
    }

    /// `Kontanthjælp, under 30 år, Kvinder`: what the cells have in common, or all they are.
    func name(_ cells: [SurveyCell]) -> String {
        func part<Value: RawRepresentable & CaseIterable & Hashable>(
            _ key: String, _ values: [Value]
        ) -> String? where Value.RawValue == String {
            let found = Set(values)
            guard found.count < Value.allCases.count else { return nil }
            return Value.allCases.filter { found.contains($0) }
                .map { text("term.\(key).\($0.rawValue)") }.joined(separator: " + ")
        }
        let parts = [
            part("surveyBenefits", cells.map(\.benefits)), part("surveyAges", cells.map(\.ages)),
            part("sex", cells.map(\.sex)),
        ].compactMap { $0 }
        return parts.isEmpty ? text("views.surveyWork.sample") : parts.joined(separator: ", ")
    }

    /// The results as a sheet: one line for each theme, and everything about the wave on it.
    func sheet(_ results: SurveyResults) -> DataTable {
        func number(_ value: Double?) -> CellValue { value.map { .number(100 * $0) } ?? .hidden }
        let (wave, estimate) = (results.wave, results.estimate)
        let rate = Double(estimate.answered) / Double(max(1, estimate.invited))
        let keys: [(String, Int?)] = [
            ("theme", nil), ("wave", nil), ("satisfied", 1), ("low", 1), ("high", 1),
            ("plain", 1), ("scored", 0), ("unknown", 0), ("effective", 1), ("frame", 0),
            ("invited", 0), ("answered", 0), ("rate", 1), ("window", nil), ("mode", nil),
        ]
        return DataTable(
            id: "results", caption: wave.title,
            columns: [column("id")] + keys.map { column($0.0, decimals: $0.1) },
            rows: estimate.themes.map { theme in
                DataTable.Row(
                    header: theme.theme.rawValue,
                    cells: [
                        .text(text("views.survey.question.\(theme.theme.rawValue)")),
                        .text(wave.title), number(theme.weighted?.value),
                        number(theme.weighted?.low), number(theme.weighted?.high),
                        number(theme.unweighted?.value), .number(Double(theme.scored)),
                        .number(Double(theme.unknown)), .number(theme.effective),
                        .number(Double(estimate.frame)), .number(Double(estimate.invited)),
                        .number(Double(estimate.answered)), .number(100 * rate),
                        .text(window(wave.opens, wave.closes)),
                        .text(text("term.surveyMode.\(wave.mode.rawValue)")),
                    ])
            })
    }
}
