using System.Collections.Immutable;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Generation;

/// <summary>Makes failing programs smaller.</summary>
public static class Shrinker
{
    /// <summary>The smallest program, one change after the other, that still fails in the same way.</summary>
    public static async Task<GeneratedProgram> ShrinkAsync(GeneratedProgram program, Func<GeneratedProgram, Task<bool>> fails, int mostTries = 300)
    {
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var candidate in Candidates(program))
            {
                if (mostTries-- <= 0)
                    return program;
                if (!await fails(candidate))
                    continue;
                program = candidate;
                isSmaller = true;
                break;
            }
        }

        return program;
    }

    /// <summary>Programs that are one change simpler, the largest change first.</summary>
    public static IEnumerable<GeneratedProgram> Candidates(GeneratedProgram program)
    {
        foreach (var steps in OfList(program.Steps, OfStep))
            yield return program with { Steps = steps };
        for (var i = 0; i < program.Holders.Length; i++)
        {
            if (program.Holders.Length > 1 && Without(program, i) is { } without)
                yield return without;
        }

        foreach (var holders in OfElements(program.Holders, OfHolder))
            yield return program with { Holders = holders };
        if (program.Place is not (Place.InstanceMethod or Place.TopLevel))
            yield return program with { Place = Place.InstanceMethod };
        foreach (var layout in OfLayout(program.Layout))
            yield return program with { Layout = layout };
    }

    private static GeneratedProgram? Without(GeneratedProgram program, int holder) =>
        CallsIn(program.Steps).Any(call => call.Holder == holder)
            ? null
            : program with { Holders = program.Holders.RemoveAt(holder), Steps = [.. program.Steps.Select(step => Renumber(step, holder))] };

    private static IEnumerable<Step> OfStep(Step step)
    {
        switch (step)
        {
            case Step.Perform perform:
                if (perform.Shape != Shape.Statement)
                    yield return perform with { Shape = Shape.Statement };
                if (perform.Leading > 0)
                    yield return perform with { Leading = perform.Leading - 1 };
                if (perform.HasTrailing)
                    yield return perform with { HasTrailing = false };
                foreach (var call in OfCall(perform.Call))
                    yield return perform with { Call = call };
                break;
            case Step.Branch branch:
                yield return branch.Then;
                if (branch.Otherwise is { } otherwise)
                {
                    yield return otherwise;
                    yield return branch with { Otherwise = null };
                    foreach (var smaller in OfStep(otherwise))
                        yield return branch with { Otherwise = smaller };
                }

                if (!branch.HasBraces)
                    yield return branch with { HasBraces = true };
                foreach (var smaller in OfStep(branch.Then))
                    yield return branch with { Then = smaller };
                break;
            case Step.Repeat repeat:
                yield return new Step.Enclosed(Enclosure.Block, repeat.Body);
                if (repeat.Loop != LoopKind.For)
                    yield return repeat with { Loop = LoopKind.For };
                foreach (var body in OfList(repeat.Body, OfStep))
                    yield return repeat with { Body = body };
                break;
            case Step.Protected guarded:
                yield return new Step.Enclosed(Enclosure.Block, guarded.Body);
                yield return new Step.Enclosed(Enclosure.Block, guarded.Handler);
                foreach (var body in OfList(guarded.Body, OfStep))
                    yield return guarded with { Body = body };
                foreach (var handler in OfList(guarded.Handler, OfStep))
                    yield return guarded with { Handler = handler };
                break;
            case Step.Enclosed enclosed:
                if (enclosed.Body.Length == 1)
                    yield return enclosed.Body[0];
                if (enclosed.Enclosure != Enclosure.Block)
                    yield return enclosed with { Enclosure = Enclosure.Block };
                foreach (var body in OfList(enclosed.Body, OfStep))
                    yield return enclosed with { Body = body };
                break;
        }
    }

    private static IEnumerable<Call> OfCall(Call call) => OfElements(call.Arguments, OfArgument).Select(arguments => call with { Arguments = arguments });

    private static IEnumerable<Argument> OfArgument(Argument argument)
    {
        if (argument.HasComment)
            yield return argument with { HasComment = false };
        if (argument.OnOwnLine)
            yield return argument with { OnOwnLine = false };
        switch (argument.Value)
        {
            case Value.Effect effect:
                yield return argument with { Value = new Value.Constant(effect.Text) };
                break;
            case Value.Nested nested:
                foreach (var call in OfCall(nested.Call))
                    yield return argument with { Value = new Value.Nested(call) };
                break;
        }
    }

    private static IEnumerable<Holder> OfHolder(Holder holder)
    {
        if (holder.Storage != Storage.Local)
            yield return holder with { Storage = Storage.Local };
        if (holder.IsTargetTyped)
            yield return holder with { IsTargetTyped = false };
        for (var i = holder.Arguments.Length - 1; i >= 0; i--)
        {
            // What follows an omitted argument has a name, unless it is the last.
            var parameter = V1Type.Of(holder.Api).Constructor.Single(p => p.Name == holder.Arguments[i].Parameter);
            if (!parameter.IsRequired && holder.Arguments.Skip(i + 1).All(argument => argument.IsNamed))
                yield return holder with { Arguments = holder.Arguments.RemoveAt(i) };
        }

        foreach (var arguments in OfElements(holder.Arguments, OfArgument))
            yield return holder with { Arguments = arguments };
    }

    private static IEnumerable<Layout> OfLayout(Layout layout)
    {
        var plain = Layout.Plain;
        Layout[] simpler =
        [
            plain, layout with { Indent = plain.Indent }, layout with { NewLine = plain.NewLine }, layout with { EndsWithNewLine = true },
            layout with { BraceOnOwnLine = true }, layout with { HasFileScopedNamespace = true }, layout with { HasBlankLines = false },
        ];
        return simpler.Where(other => other != layout);
    }

    private static IEnumerable<ImmutableArray<T>> OfList<T>(ImmutableArray<T> list, Func<T, IEnumerable<T>> smaller)
    {
        for (var i = 0; i < list.Length; i++)
            yield return list.RemoveAt(i);
        foreach (var changed in OfElements(list, smaller))
            yield return changed;
    }

    private static IEnumerable<ImmutableArray<T>> OfElements<T>(ImmutableArray<T> list, Func<T, IEnumerable<T>> smaller) =>
        list.SelectMany((element, index) => smaller(element).Select(other => list.SetItem(index, other)));

    private static IEnumerable<Call> CallsIn(IEnumerable<Step> steps) => steps.SelectMany(step => step switch
    {
        Step.Perform perform => CallsIn(perform.Call),
        Step.Branch branch => CallsIn(branch.Otherwise is { } otherwise ? [branch.Then, otherwise] : [branch.Then]),
        Step.Repeat repeat => CallsIn(repeat.Body),
        Step.Protected guarded => CallsIn(guarded.Body.Concat(guarded.Handler)),
        Step.Enclosed enclosed => CallsIn(enclosed.Body),
        _ => [],
    });

    private static IEnumerable<Call> CallsIn(Call call) =>
        call.Arguments.Select(argument => argument.Value).OfType<Value.Nested>().SelectMany(nested => CallsIn(nested.Call)).Prepend(call);

    private static Step Renumber(Step step, int removed) => step switch
    {
        Step.Perform perform => perform with { Call = Renumber(perform.Call, removed) },
        Step.Branch branch => branch with { Then = Renumber(branch.Then, removed), Otherwise = branch.Otherwise is { } otherwise ? Renumber(otherwise, removed) : null },
        Step.Repeat repeat => repeat with { Body = [.. repeat.Body.Select(inner => Renumber(inner, removed))] },
        Step.Protected guarded => guarded with
        {
            Body = [.. guarded.Body.Select(inner => Renumber(inner, removed))], Handler = [.. guarded.Handler.Select(inner => Renumber(inner, removed))],
        },
        Step.Enclosed enclosed => enclosed with { Body = [.. enclosed.Body.Select(inner => Renumber(inner, removed))] },
        _ => step,
    };

    private static Call Renumber(Call call, int removed) => call with
    {
        Holder = call.Holder > removed ? call.Holder - 1 : call.Holder,
        Arguments = [.. call.Arguments.Select(argument => argument.Value is Value.Nested nested ? argument with { Value = new Value.Nested(Renumber(nested.Call, removed)) } : argument)],
    };
}
