using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Analyzers.Tests;

/// <summary>Holds every row of the table against the reference assemblies of the three states.</summary>
public sealed class MigrationMapTests
{
    public static TheoryData<string> Types => [.. MigrationMap.RenamedTypes.Select(row => row.Old)];

    public static TheoryData<string> Methods => [.. MigrationMap.RenamedMethods.Select(row => row.Old)];

    public static TheoryData<int> Checked => [.. Enumerable.Range(0, MigrationMap.CheckedMethods.Length)];

    [Theory]
    [MemberData(nameof(Types))]
    public void RenamedType_OldAndNewResolveWhereTheyShould(string old)
    {
        var row = MigrationMap.RenamedTypes.Single(r => r.Old == old);
        Assert.NotNull(Public(CodeState.S1, row.Old));
        Assert.Null(Public(CodeState.S1, row.New));
        Assert.NotNull(Public(CodeState.S2, row.Old));
        Assert.NotNull(Public(CodeState.S2, row.New));
        Assert.Null(Public(CodeState.S3, row.Old));
        Assert.NotNull(Public(CodeState.S3, row.New));
        Assert.Equal(Public(CodeState.S2, row.Old)!.ContainingNamespace.ToDisplayString(), row.Namespace);
        Assert.Equal(Public(CodeState.S2, row.New)!.ContainingNamespace.ToDisplayString(), row.Namespace);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void RenamedMethod_OldAndNewResolveWhereTheyShould(string old)
    {
        var row = MigrationMap.RenamedMethods.Single(r => r.Old == old);
        Assert.Empty(PublicMethods(CodeState.S3, row.Type, row.Old));
        Assert.Empty(PublicMethods(CodeState.S1, row.Type, row.New));
        foreach (var state in new[] { CodeState.S1, CodeState.S2 })
            Assert.Equal(row.Parameters.Old, Names(Assert.Single(PublicMethods(state, row.Type, row.Old))));

        var v1 = Assert.Single(PublicMethods(CodeState.S2, row.Type, row.Old));
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var successor = Assert.Single(PublicMethods(state, row.Type, row.New), method => Names(method).SequenceEqual(row.Parameters.NewOrder));
            Assert.Equal(Types(v1), Types(successor));
            Assert.Equal(v1.ReturnType.ToDisplayString(), successor.ReturnType.ToDisplayString());
            Assert.Equal(row.Parameters.New.AsEnumerable(), row.Parameters.NewOrder.AsEnumerable());
        }

        static IEnumerable<string> Types(IMethodSymbol method) => method.Parameters.Select(parameter => parameter.Type.ToDisplayString());
    }

    [Theory]
    [MemberData(nameof(Checked))]
    public void CheckedMethod_ReturnsBoolInV2AndNothingInV1(int index)
    {
        var row = MigrationMap.CheckedMethods[index];
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
            Assert.Equal(SpecialType.System_Boolean, Assert.Single(PublicMethods(state, row.Type, row.Name)).ReturnType.SpecialType);

        if (row.OldType is null)
            return;

        foreach (var state in new[] { CodeState.S1, CodeState.S2 })
            Assert.True(Assert.Single(PublicMethods(state, row.OldType, row.Name)).ReturnsVoid);
    }

    [Fact]
    public void Constructors_HaveTheSignaturesOfTheTable()
    {
        AssertSignature(MigrationMap.RingBufferConstructor, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer));
        AssertSignature(MigrationMap.AudioStreamConstructor, MigrationMap.RenamedTypeOf(RuleIds.AudioStream));

        static void AssertSignature(Signature signature, RenamedType row)
        {
            Assert.Equal(signature.Old, Names(Assert.Single(Constructors(CodeState.S1, row.Old))));
            Assert.Equal(signature.Old, Names(Assert.Single(Constructors(CodeState.S2, row.Old))));
            foreach (var state in new[] { CodeState.S2, CodeState.S3 })
                Assert.Contains(Constructors(state, row.New), constructor => Names(constructor).Take(signature.NewOrder.Length).SequenceEqual(signature.NewOrder));
        }
    }

    [Fact]
    public void TtsModelFactory_HasTheSignaturesOfTheTable()
    {
        var signature = MigrationMap.TtsModelFactory;
        string[] defaults = ["b6369a24", "0.7", "1", "-4"];
        foreach (var state in new[] { CodeState.S1, CodeState.S2 })
        {
            var constructor = Assert.Single(Constructors(state, MigrationMap.TtsModel));
            Assert.Equal(signature.Old, Names(constructor));
            Assert.Equal(defaults, constructor.Parameters.Select(Default));
        }

        Assert.Empty(Constructors(CodeState.S3, MigrationMap.TtsModel));
        Assert.Empty(PublicMethods(CodeState.S1, MigrationMap.TtsModel, "LoadModel"));
        Assert.Contains(PublicMethods(CodeState.S2, MigrationMap.TtsModel, "LoadModel"), method => Names(method).SequenceEqual(signature.Old));
        Assert.DoesNotContain(PublicMethods(CodeState.S3, MigrationMap.TtsModel, "LoadModel"), method => Names(method).SequenceEqual(signature.Old));
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            // An omitted argument means the same on both sides.
            var factory = Assert.Single(PublicMethods(state, MigrationMap.TtsModel, "LoadModel"), method => Names(method).SequenceEqual(signature.NewOrder));
            Assert.Equal(defaults, signature.New.Select(name => Default(factory.Parameters.Single(parameter => parameter.Name == name))));
        }

        static string Default(IParameterSymbol parameter) => Convert.ToString(parameter.ExplicitDefaultValue, System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private static IEnumerable<string> Names(IMethodSymbol method) => method.Parameters.Select(parameter => parameter.Name);

    private static List<IMethodSymbol> Constructors(CodeState state, string type) =>
        [.. Public(state, type)!.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public)];

    private static List<IMethodSymbol> PublicMethods(CodeState state, string type, string name) =>
        [.. Public(state, type)?.GetMembers(name).OfType<IMethodSymbol>().Where(method => method.DeclaredAccessibility == Accessibility.Public) ?? []];

    private static INamedTypeSymbol? Public(CodeState state, string type) =>
        Compilations[state].GetTypeByMetadataName(type) is { DeclaredAccessibility: Accessibility.Public } symbol ? symbol : null;

    private static readonly Dictionary<CodeState, CSharpCompilation> Compilations = new[] { CodeState.S1, CodeState.S2, CodeState.S3 }
        .ToDictionary(state => state, state => CSharpCompilation.Create("Map", references: StateReferences.Of(state)));
}
