import Indicators
import Parameters

/// The JSON schema of the plan language.
public enum PlanSchema {
    /// The schema as JSON text; the names of `known` complete every indicator, and
    /// descriptions stand in `language`.
    public static func json(
        known: KnownIndicators, texts: TextCatalogue, language: Language = .da
    ) throws -> String {
        try DocumentSchema(
            texts: texts, language: language, fields: "plans.field",
            alternatives: TargetShape.Key.allCases.map(\.rawValue)
        ).json(PlanGrammar(known).plan, title: "plans.schema.title")
    }
}
