import Parameters

/// What one table of Statistikbanken can be asked for, as it says itself.
public struct StatBankTable: Hashable, Sendable {
    public struct Value: Hashable, Sendable {
        /// `163`, `2024M01`
        public var id: String
        public var text: String
    }

    public struct Variable: Hashable, Sendable {
        /// `OMRÅDE`, `Tid`
        public var id: String
        public var text: String
        /// Whether it may be left out, which gives its total.
        public var canBeLeftOut: Bool
        public var isTime: Bool
        public var values: [Value]
    }

    public var id: String
    public var text: String
    /// When it was last renewed, as the publisher writes it.
    public var updated: String
    public var variables: [Variable]

    /// Nil when it is no description of a table.
    init?(_ document: JSONValue) {
        guard let id = document["id"]?.text, let variables = document["variables"]?.array else {
            return nil
        }
        self.id = id
        text = document["text"]?.text ?? ""
        updated = document["updated"]?.text ?? ""
        self.variables = []
        for variable in variables {
            guard let id = variable["id"]?.text, let values = variable["values"]?.array else {
                return nil
            }
            self.variables.append(
                Variable(
                    id: id, text: variable["text"]?.text ?? "",
                    canBeLeftOut: variable["elimination"]?.isTrue ?? false,
                    isTime: variable["time"]?.isTrue ?? (id == "Tid"),
                    values: values.compactMap { value in
                        value["id"]?.text.map { Value(id: $0, text: value["text"]?.text ?? "") }
                    }))
        }
    }

    /// The variable whose values are municipalities by code and name.
    func areas(_ municipalities: MunicipalityList) -> Variable? {
        variables.first { variable in
            variable.values.contains { value in
                Self.code(value.id).flatMap { municipalities[$0] }?.name == value.text
            }
        }
    }

    /// True when the table has municipalities of before a merger, so that its figures follow
    /// the borders of the time.
    func tellsOfFormer(_ municipalities: MunicipalityList) -> Bool {
        areas(municipalities)?.values.contains { value in
            Self.code(value.id).flatMap { municipalities.former($0) }?.name == value.text
        } ?? false
    }

    /// The municipality's code, or 0 for the whole country: three digits, as the bank
    /// writes them. Regions and parts of the country have two, or codes that no
    /// municipality has.
    static func code(_ id: String) -> Int32? {
        guard id.utf8.count == 3, id.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int32(id)
    }
}
