using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PocketTts;

/// <summary>Runs generations away from their caller. Each has a thread of its own, so that long texts do not use up the thread pool.</summary>
internal static class SpeechThread
{
    private const int FramesAhead = 64; // 5 s: enough for a pause of the consumer, little to throw away when it leaves

    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    public static Task<float[]> Generate(SpeechEngine engine, GenerationRequest request, CancellationToken cancellationToken) =>
        Run(() => engine.Generate(request, cancellationToken), cancellationToken);

    public static Task Generate(
        SpeechEngine engine, GenerationRequest request, Action<ReadOnlyMemory<float>> onChunk, CancellationToken cancellationToken) =>
        Run(
            () =>
            {
                foreach (var frame in engine.Stream(request, cancellationToken, isAhead: true))
                    onChunk(frame);
                return true;
            },
            cancellationToken);

    /// <remarks>Frames are made ahead of the consumer, up to <see cref="FramesAhead"/>.</remarks>
    public static async IAsyncEnumerable<float[]> Stream(
        SpeechEngine engine, GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = Channel.CreateBounded<float[]>(new BoundedChannelOptions(FramesAhead) { SingleReader = true, SingleWriter = true });
        var worker = Run(() => Fill(engine, request, frames.Writer, ended.Token), CancellationToken.None);
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested(); // the reader asks only when it has to wait
                yield return frame;
            }
        }
        finally
        {
            // The voice state and the workspace are free again before the consumer goes on.
            await ended.CancelAsync().ConfigureAwait(false);
            await worker.ConfigureAwait(false);
        }
    }

    private static bool Fill(SpeechEngine engine, GenerationRequest request, ChannelWriter<float[]> frames, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var frame in engine.Stream(request, cancellationToken, isAhead: true))
            {
                while (!frames.TryWrite(frame))
                    frames.WaitToWriteAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            }

            return frames.TryComplete();
        }
        catch (Exception e)
        {
            // The consumer meets it after the frames that were made before it: once, and as it is.
            return frames.TryComplete(e);
        }
    }
}
