using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Generated.Running;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Generated;

public sealed class RecordingLibraryTests
{
    [Theory]
    [InlineData("VoiceForge")]
    [InlineData("PocketTts")]
    public void PublicMembers_AreThoseOfTheRealLibrary(string name)
    {
        var real = CSharpCompilation.Create("Reader", references: StateReferences.Of(CodeState.S2));
        var recording = RecordingLibraries.Compile(name);
        var members = TypesOf(recording.Assembly.GlobalNamespace)
            .SelectMany(type => type.GetMembers())
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsOverride && !member.IsImplicitlyDeclared)
            .ToList();
        Assert.NotEmpty(members);
        var unknown = members.Where(member => real.GetTypeByMetadataName(member.ContainingType.ToDisplayString())?.GetMembers(member.Name)
            .Any(other => other.GetDocumentationCommentId() == member.GetDocumentationCommentId() && Defaults(other).SequenceEqual(Defaults(member))) != true);
        Assert.Empty(unknown.Select(member => member.ToDisplayString()));
    }

    private static IEnumerable<string> Defaults(ISymbol member) => member is IMethodSymbol method
        ? method.Parameters.Select(parameter => $"{parameter.Name} {(parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : "-")}")
        : [];

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}
