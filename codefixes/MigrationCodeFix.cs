using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes;

/// <summary>Offers one rule's rewrite as a light bulb and to Fix All; the rewrite itself always runs in a <see cref="DocumentPass"/>.</summary>
public abstract class MigrationCodeFix : CodeFixProvider
{
    private readonly string _rule;
    private readonly string _title;

    private protected MigrationCodeFix(string rule, int order, string title)
    {
        _rule = rule;
        _title = title;
        Order = order;
        FixableDiagnosticIds = ImmutableArray.Create(rule);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The place of the rule among rules that meet in one file: lower first.</summary>
    internal int Order { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => DocumentPass.FixAll;

    /// <inheritdoc/>
    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (DocumentPass.CanFix(diagnostic))
            {
                var title = diagnostic.Properties.ContainsKey(Facts.OtherFiles) ? _title + " (Fix All completes it in other files)" : _title;
                context.RegisterCodeFix(
                    CodeAction.Create(title, token => DocumentPass.ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), token), _rule),
                    diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Adds the edits that fix one finding.</summary>
    internal abstract void Rewrite(FixContext fix);
}
