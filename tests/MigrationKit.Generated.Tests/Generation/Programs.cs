using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Generation;

/// <summary>Random V1 programs.</summary>
public static class Programs
{
    private const int MostNesting = 2;

    private static readonly Gen<bool> Sometimes = Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)));

    private static readonly Gen<bool> Either = Gen.Elements(true, false);

    private static readonly Gen<Layout> Layouts =
        from indent in Gen.Frequency((3, Gen.Constant("    ")), (1, Gen.Constant("\t")), (1, Gen.Constant("  ")))
        from newLine in Gen.Elements("\n", "\r\n")
        from endsWithNewLine in Either
        from braceOnOwnLine in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from fileScoped in Either
        from blankLines in Sometimes
        select new Layout(indent, newLine, endsWithNewLine, braceOnOwnLine, fileScoped, blankLines);

    /// <summary>Programs for one place; only one file of a compilation may have top-level statements.</summary>
    public static Gen<GeneratedProgram> At(Gen<Place> places) =>
        from place in places
        from layout in Layouts
        from holders in Holders()
        from steps in Steps(holders, MostNesting, 1, 5)
        select new GeneratedProgram(place, layout, holders, steps);

    /// <summary>A replayable list: the first of every <paramref name="batchSize"/> programs has top-level statements.</summary>
    public static IReadOnlyList<GeneratedProgram> Sample(ulong seed, int count, int batchSize)
    {
        var topLevel = At(Gen.Constant(Place.TopLevel)).Sample((count + batchSize - 1) / batchSize, new Rnd(seed), 10).ToList();
        var others = At(Gen.Elements(Enum.GetValues<Place>().Where(place => place != Place.TopLevel))).Sample(count, new Rnd(seed + 2), 10).ToList();
        return Enumerable.Range(0, count).Select(i => i % batchSize == 0 ? topLevel[i / batchSize] : others[i]).ToList();
    }

    private static Gen<ImmutableArray<Holder>> Holders() =>
        from count in Gen.Frequency((3, Gen.Constant(1)), (4, Gen.Constant(2)), (2, Gen.Constant(3)))
        from holders in HolderOf().ListOf(count)
        select holders.ToImmutableArray();

    private static Gen<Holder> HolderOf() =>
        from api in Gen.Elements(Enum.GetValues<Api>())
        from storage in Gen.Elements(Enum.GetValues<Storage>())
        from isTargetTyped in Sometimes
        from isVar in Either
        from arguments in Arguments(V1Type.Of(api).Constructor, [], 0)
        select new Holder(api, storage, isTargetTyped, isVar, arguments);

    private static Gen<ImmutableArray<Step>> Steps(ImmutableArray<Holder> holders, int nesting, int least, int most) =>
        from count in Gen.Choose(least, most)
        from steps in StepOf(holders, nesting).ListOf(count)
        select steps.ToImmutableArray();

    private static Gen<Step> StepOf(ImmutableArray<Holder> holders, int nesting)
    {
        var perform = Perform(holders);
        var inert = Gen.Choose(0, 3).Select(style => (Step)new Step.Inert(style));
        if (nesting == 0)
            return Gen.Frequency((6, perform), (1, inert));

        var inner = nesting - 1;
        var branch =
            from isTaken in Either
            from hasBraces in Either
            from then in StepOf(holders, inner)
            from otherwise in StepOf(holders, inner)
            from hasElse in Either
            select (Step)new Step.Branch(isTaken, hasBraces, then, hasElse ? otherwise : null);
        var repeat =
            from loop in Gen.Elements(Enum.GetValues<LoopKind>())
            from hasBraces in Either
            from body in Steps(holders, inner, 1, hasBraces ? 3 : 1)
            select (Step)new Step.Repeat(loop, hasBraces, body);
        var guarded =
            from isFinally in Either
            from body in Steps(holders, inner, 1, 2)
            from handler in Steps(holders, 0, 0, 1)
            select (Step)new Step.Protected(isFinally, body, handler);
        var enclosed =
            from enclosure in Gen.Elements(Enum.GetValues<Enclosure>())
            from body in Steps(holders, inner, 1, 3)
            select (Step)new Step.Enclosed(enclosure, body);
        return Gen.Frequency((8, perform), (2, inert), (1, branch), (1, repeat), (1, guarded), (1, enclosed));
    }

    private static Gen<Step> Perform(ImmutableArray<Holder> holders) =>
        from holder in Gen.Choose(0, holders.Length - 1)
        from call in CallOf(holders, holder, V1Type.Of(holders[holder].Api).Members, 2)
        from shape in Gen.Elements(Enum.GetValues<Shape>())
        from leading in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
        from hasTrailing in Sometimes
        select (Step)new Step.Perform(call, shape, leading, hasTrailing);

    private static Gen<Call> CallOf(ImmutableArray<Holder> holders, int holder, ImmutableArray<V1Member> members, int nesting) =>
        from member in Gen.Elements(members.AsEnumerable())
        from arguments in Arguments(member.Parameters, holders, nesting)
        select new Call(holder, member.Name, arguments);

    /// <summary>Positional up to a point, then named in any order; optional parameters may be left out of the named part.</summary>
    private static Gen<ImmutableArray<Argument>> Arguments(ImmutableArray<V1Parameter> parameters, ImmutableArray<Holder> holders, int nesting) =>
        from positional in Gen.Choose(0, parameters.Length)
        from isPrefixNamed in Sometimes
        from rest in Gen.Shuffle(parameters.Skip(positional))
        from omitted in Gen.SubListOf(parameters.Skip(positional).Where(parameter => !parameter.IsRequired))
        from onOwnLine in Sometimes
        from arguments in Gen.CollectToArray(
            parameters.Take(positional).Select(parameter => (parameter, isNamed: isPrefixNamed)).Concat(rest.Where(parameter => !omitted.Contains(parameter)).Select(parameter => (parameter, isNamed: true))),
            written => ArgumentOf(written.parameter, written.isNamed, onOwnLine, holders, nesting))
        select arguments.ToImmutableArray();

    private static Gen<Argument> ArgumentOf(V1Parameter parameter, bool isNamed, bool onOwnLine, ImmutableArray<Holder> holders, int nesting) =>
        from value in ValueOf(parameter, holders, nesting)
        from hasComment in Gen.Frequency((7, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Argument(parameter.Name, value, isNamed, hasComment, onOwnLine);

    private static Gen<Value> ValueOf(V1Parameter parameter, ImmutableArray<Holder> holders, int nesting)
    {
        var choices = new List<(int, Gen<Value>)>();
        if (parameter.Constants.Length > 0)
        {
            choices.Add((3, Gen.Elements(parameter.Constants.AsEnumerable()).Select(text => (Value)new Value.Constant(text))));
            if (parameter.Kind != ValueKind.Callback)
                choices.Add((3, Gen.Elements(parameter.Constants.AsEnumerable()).Select(text => (Value)new Value.Effect(text))));
        }

        // A voice comes from LoadVoice alone, so it is always a nested call; without a model of its own the program makes one.
        if (parameter.Kind is ValueKind.Voice or ValueKind.Block && nesting > 0)
        {
            foreach (var (holder, index) in holders.Select((holder, index) => (holder, index)))
            {
                var members = V1Type.Of(holder.Api).Members.Where(member => member.Result == parameter.Kind).ToImmutableArray();
                if (members.Length > 0)
                    choices.Add((2, CallOf(holders, index, members, nesting - 1).Select(call => (Value)new Value.Nested(call))));
            }
        }

        return choices.Count > 0 ? Gen.Frequency(choices) : Gen.Constant((Value)new Value.Constant("null!"));
    }
}
