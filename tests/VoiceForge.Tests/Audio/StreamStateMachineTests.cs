using VoiceForge.Audio;
using static VoiceForge.Audio.StreamState;

namespace VoiceForge.Tests.Audio;

public sealed class StreamStateMachineTests
{
    private static readonly (StreamState From, StreamState To)[] Allowed =
    [
        (Stopped, Starting),
        (Starting, Running), (Starting, Failed),
        (Running, Stopping), (Running, Failsafe), (Running, Failed),
        (Failsafe, Running), (Failsafe, Stopping), (Failsafe, Failed),
        (Stopping, Stopped), (Stopping, Failed),
        (Failed, Stopped),
    ];

    public static TheoryData<StreamState, StreamState> AllPairs()
    {
        var pairs = new TheoryData<StreamState, StreamState>();
        foreach (var from in Enum.GetValues<StreamState>())
        {
            foreach (var to in Enum.GetValues<StreamState>())
                pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void F14_EachPair_PassesOnlyIfAllowedAndFromTheStateItNames(StreamState from, StreamState to)
    {
        var isAllowed = Allowed.Contains((from, to));

        foreach (var actual in Enum.GetValues<StreamState>())
        {
            var machine = In(actual);
            var passes = isAllowed && actual == from;

            Assert.Equal(passes, machine.TryTransition(from, to, "why"));

            Assert.Equal(passes ? to : actual, machine.State);
            Assert.Equal(passes, machine.TryTakeTransition(out var change));
            Assert.Equal(passes ? new StreamStateChange(from, to, "why") : default, change);
        }
    }

    [Fact]
    public async Task ManyThreads_OneWinsEachStepAndTheLogIsComplete()
    {
        const int rounds = 50_000;
        var machine = In(Running);
        var wins = new int[4];
        var threads = Enumerable.Range(0, wins.Length).Select(thread => Task.Factory.StartNew(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                if (machine.TryTransition(Running, Failsafe))
                    wins[thread]++;
                if (machine.TryTransition(Failsafe, Running))
                    wins[thread]++;
            }
        }, TaskCreationOptions.LongRunning)).ToArray();

        var everyone = Task.WhenAll(threads);
        while (!everyone.IsCompleted || machine.HasTransitions)
        {
            if (machine.TryTakeTransition(out var change))
                Assert.Equal(change.From == Running ? Failsafe : Running, change.To);
        }

        await everyone.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(wins.Sum() > 0);
        Assert.Equal(wins.Sum() % 2 == 0 ? Running : Failsafe, machine.State);
    }

    [Fact]
    public void MoreTransitionsThanTheLogHolds_LosesTheOldestOnly()
    {
        var machine = In(Running);
        for (var step = 0; step < 3000; step++)
            Assert.True(machine.TryTransition(step % 2 == 0 ? Running : Failsafe, step % 2 == 0 ? Failsafe : Running, $"{step}"));

        var reasons = new List<string?>();
        while (machine.TryTakeTransition(out var change))
            reasons.Add(change.Reason);

        Assert.Equal(Enumerable.Range(3000 - 1024, 1024).Select(step => $"{step}"), reasons);
    }

    private static StreamStateMachine In(StreamState state)
    {
        StreamState[] path = state switch
        {
            Stopped => [],
            Starting => [Starting],
            Running => [Starting, Running],
            Stopping => [Starting, Running, Stopping],
            Failsafe => [Starting, Running, Failsafe],
            _ => [Starting, Failed],
        };
        var machine = new StreamStateMachine();
        foreach (var next in path)
        {
            Assert.True(machine.TryTransition(machine.State, next));
            Assert.True(machine.TryTakeTransition(out _));
        }

        return machine;
    }
}
