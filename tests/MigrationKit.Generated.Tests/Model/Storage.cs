namespace MigrationKit.Generated.Model;

/// <summary>Where an object is kept. What a place does not have (a field at top level) is rendered as <see cref="Local"/>.</summary>
public enum Storage
{
    Local,
    UsingLocal,
    UsingStatement,
    Field,
    FieldSetInConstructor,
    StaticField,
    Property,
    Parameter,
    Temporary,
}
