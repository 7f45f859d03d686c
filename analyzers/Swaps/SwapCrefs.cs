using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Keeps a documentation reference to a member bound where the member's parameters change.</summary>
internal static class SwapCrefs
{
    public static void Add(FileContext file, SwapGroup group, SimpleNameSyntax mention, RenamedType row)
    {
        if (mention.Parent is NameMemberCrefSyntax { Parameters: { } written } && file.Types.Find(row.New) is { } successor)
        {
            var constructor = successor.InstanceConstructors.Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public).OrderBy(candidate => candidate.Parameters.Length).First();
            var types = constructor.Parameters.Select(parameter => parameter.Type.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(file.Model, mention.SpanStart));
            var list = $"({string.Join(", ", types)})";
            if (list != written.ToString())
                group.Add(written, SwapActions.Of(SwapActions.Text, list));
        }

        if (row.Rule == RuleIds.RingBuffer && SwapSites.WrittenType(mention).Parent is QualifiedCrefSyntax { Member: NameMemberCrefSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var member } property } })
        {
            if (member == "CapacitySamples")
                group.Add(property, SwapActions.Of(SwapActions.Text, "BufferSize"));
            else if (member == "Available")
                group.Manual("'TripleBuffer' has no 'Available'");
        }

        if (row.Rule == RuleIds.RingBuffer
            && SwapSites.WrittenType(mention).Parent is QualifiedCrefSyntax { Member: NameMemberCrefSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "Read" }, Parameters: { Parameters.Count: 1 } read } })
        {
            group.Add(read, SwapActions.Of(SwapActions.Text, "()"));
        }
    }
}
