namespace MigrationKit.CodeFixes;

/// <summary>Which of several insertions at one position comes first: in this order, and those of one kind as they were taken.</summary>
internal enum InsertionPlace
{
    /// <summary>A <c>using</c> directive: before all other code.</summary>
    Directive,

    /// <summary>A statement, member or comment before the one that starts there.</summary>
    Before,

    /// <summary>What gets the statement that starts there as its body.</summary>
    Head,

    /// <summary>A part of what starts or ends there.</summary>
    Inside,
}
