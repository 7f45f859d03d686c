namespace MigrationKit.Tests.Verifiers;

/// <summary>What the verified code references.</summary>
[Flags]
public enum CodeState
{
    /// <summary>The V1 packages only.</summary>
    S1 = 1,

    /// <summary>The V2 runtime with V1's names.</summary>
    S2 = 2,

    /// <summary>The V2 runtime built without V1: the old names do not bind.</summary>
    S3 = 4,

    All = S1 | S2 | S3,
}
