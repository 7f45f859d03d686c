namespace MigrationKit.Benchmarks;

/// <summary>The files of the generated project. Every third uses V2; the rest is code of any application, with names that the rules look for on other types.</summary>
internal static class AnalyzersSources
{
    public static string File(int index) => (index % 6) switch
    {
        0 => Audio(index),
        1 => Orders(index),
        2 => Storage(index),
        3 => Speech(index),
        4 => Text(index),
        _ => Jobs(index),
    };

    private static string Audio(int n) =>
        $$"""
        using VoiceForge.Audio;
        using VoiceForge.Core;

        namespace App.Audio;

        public sealed class Channel{{n}} : IDisposable
        {
            private readonly BufferPool _bufferPool = new(slotSizeSamples: 4800, numSlots: 16);
            private readonly TripleBuffer _latest = new(bufferSize: 256, channels: 1);
            private readonly ModelCache _modelCache = new();
            private readonly ModelLoader _loader = new("cpu");
            private readonly AudioStreamV2 _stream;
            private int _dropped;

            public Channel{{n}}(int input, int output)
            {
                _stream = new AudioStreamV2(input, output, _bufferPool, sampleRate: 48000, bufferSize: 256);
                _stream.SetProcessingCallback(Process);
            }

            public int Dropped => Volatile.Read(ref _dropped);

            public void Run()
            {
                if (!_stream.Start())
                    throw new InvalidOperationException("Audio stream failed to start.");
            }

            public float Peak()
            {
                var block = _latest.Read();
                if (block is null)
                    return 0;

                var peak = 0f;
                foreach (var sample in block)
                    peak = Math.Max(peak, Math.Abs(sample));
                return peak;
            }

            public ModelData Load(string path) => _modelCache.GetOrLoad(_loader, path);

            public void Dispose()
            {
                _stream.Stop();
                _stream.Dispose();
                _bufferPool.Dispose();
                _modelCache.Dispose();
            }

            private float[] Process(float[] block)
            {
                if (!_latest.Write(block))
                    Interlocked.Increment(ref _dropped);
                return block;
            }
        }
        """;

    private static string Speech(int n) =>
        $$"""
        using PocketTts;

        namespace App.Speech;

        public sealed class Speaker{{n}} : IDisposable
        {
            private readonly TtsModel _model = TtsModel.LoadModel("tone", temp: 0.7, lsdDecodeSteps: 1, eosThreshold: -4.0);
            private readonly Dictionary<string, VoiceState> _voices = new(StringComparer.Ordinal);

            public float[] Say(string voice, string text) => _model.GenerateAudio(VoiceOf(voice), text);

            public int Save(string voice, string text, Stream file)
            {
                var written = 0;
                foreach (var chunk in _model.GenerateAudioStream(VoiceOf(voice), text))
                {
                    var bytes = new byte[chunk.Length * sizeof(float)];
                    Buffer.BlockCopy(chunk, 0, bytes, 0, bytes.Length);
                    file.Write(bytes);
                    written += bytes.Length;
                }

                return written;
            }

            public TimeSpan LengthOf(string voice, string text)
            {
                var samples = _model.GenerateAudioStream(VoiceOf(voice), text).Sum(chunk => chunk.Length);
                return TimeSpan.FromSeconds((double)samples / _model.SampleRate);
            }

            public void Dispose() => _model.Dispose();

            private VoiceState VoiceOf(string name)
            {
                if (!_voices.TryGetValue(name, out var voice))
                    _voices.Add(name, voice = _model.GetStateForAudioPrompt(name));
                return voice;
            }
        }
        """;

    private static string Orders(int n) =>
        $$"""
        namespace App.Orders;

        public sealed record Order{{n}}(int Id, string Customer, IReadOnlyList<OrderLine{{n}}> Lines, DateTimeOffset Placed);

        public sealed record OrderLine{{n}}(string Article, int Count, decimal Price);

        public sealed class OrderBook{{n}}
        {
            private readonly List<Order{{n}}> _orders = new();

            public void Add(Order{{n}} order)
            {
                ArgumentNullException.ThrowIfNull(order);
                if (order.Lines.Count == 0)
                    throw new ArgumentException($"Order '{order.Id}' has no lines.", nameof(order));
                _orders.Add(order);
            }

            public decimal Total(string customer) =>
                _orders.Where(order => order.Customer == customer).SelectMany(order => order.Lines).Sum(line => line.Count * line.Price);

            public IEnumerable<(string Article, int Count)> BestSellers(int count) =>
                from order in _orders
                from line in order.Lines
                group line by line.Article into article
                let sold = article.Sum(line => line.Count)
                orderby sold descending, article.Key
                select (article.Key, sold);

            public ILookup<DateOnly, Order{{n}}> ByDay() => _orders.ToLookup(order => DateOnly.FromDateTime(order.Placed.UtcDateTime));

            public bool TryFind(int id, out Order{{n}}? found)
            {
                found = _orders.FirstOrDefault(order => order.Id == id);
                return found is not null;
            }

            public string Describe(Order{{n}} order) => order switch
            {
                { Lines.Count: > 10 } => $"{order.Customer}: large",
                { Lines: [var only] } => $"{order.Customer}: {only.Article}",
                _ => order.Customer,
            };
        }
        """;

    private static string Storage(int n) =>
        $$"""
        using System.Text.Json;

        namespace App.Storage;

        public sealed class Store{{n}}(string folder)
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task<T?> LoadAsync<T>(string key, CancellationToken cancellationToken)
            {
                var path = PathOf(key);
                if (!File.Exists(path))
                    return default;

                await _gate.WaitAsync(cancellationToken);
                try
                {
                    await using Stream file = File.OpenRead(path);
                    return await JsonSerializer.DeserializeAsync<T>(file, cancellationToken: cancellationToken);
                }
                finally
                {
                    _gate.Release();
                }
            }

            public void Save(string key, ReadOnlySpan<byte> content)
            {
                using var file = new FileStream(PathOf(key), FileMode.Create);
                file.Write(content);
                file.Flush();
            }

            public int CountBytes(string key)
            {
                using Stream file = File.OpenRead(PathOf(key));
                var buffer = new byte[4096];
                var total = 0;
                for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
                    total += read;
                return total;
            }

            public void Clear()
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
                    File.Delete(file);
            }

            private string PathOf(string key) => Path.Combine(folder, Uri.EscapeDataString(key) + ".json");
        }
        """;

    private static string Text(int n) =>
        $$"""
        using System.Globalization;
        using System.Text;

        namespace App.Text;

        public ref struct Lexer{{n}}(ReadOnlySpan<char> text)
        {
            private ReadOnlySpan<char> _rest = text;

            public bool TryNext(out ReadOnlySpan<char> word)
            {
                _rest = _rest.TrimStart();
                var length = 0;
                while (length < _rest.Length && char.IsLetterOrDigit(_rest[length]))
                    length++;
                word = _rest[..length];
                _rest = _rest[Math.Max(length, Math.Min(1, _rest.Length))..];
                return length > 0;
            }
        }

        public static class Formatter{{n}}
        {
            public static string Wrap(string text, int width)
            {
                var result = new StringBuilder();
                var column = 0;
                foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (column > 0 && column + word.Length >= width)
                    {
                        result.AppendLine();
                        column = 0;
                    }
                    else if (column > 0)
                    {
                        result.Append(' ');
                    }

                    result.Append(word);
                    column += word.Length + 1;
                }

                return result.ToString();
            }

            public static double Parse(string text) =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"'{text}' is no number.");

            public static Dictionary<string, int> Count(string text)
            {
                var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
                var lexer = new Lexer{{n}}(text);
                while (lexer.TryNext(out var word))
                    counts[word.ToString()] = counts.GetValueOrDefault(word.ToString()) + 1;
                return counts;
            }
        }
        """;

    private static string Jobs(int n) =>
        $$"""
        using System.Diagnostics;

        namespace App.Jobs;

        public interface IJob{{n}}
        {
            string Name { get; }

            Task RunAsync(CancellationToken cancellationToken);
        }

        public sealed class Worker{{n}}(IEnumerable<IJob{{n}}> jobs, Action<string> log)
        {
            private readonly Queue<IJob{{n}}> _queue = new(jobs);

            public event EventHandler<string>? Finished;

            public async Task<TimeSpan> RunAllAsync(int attempts, CancellationToken cancellationToken)
            {
                var watch = new Stopwatch();
                watch.Start();
                while (_queue.TryDequeue(out var job))
                {
                    for (var attempt = 1; ; attempt++)
                    {
                        try
                        {
                            await job.RunAsync(cancellationToken);
                            Finished?.Invoke(this, job.Name);
                            break;
                        }
                        catch (IOException exception) when (attempt < attempts)
                        {
                            log($"{job.Name}, attempt {attempt}: {exception.Message}");
                            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellationToken);
                        }
                    }
                }

                watch.Stop();
                return watch.Elapsed;
            }

            public static int Start(string program, params string[] arguments)
            {
                using var process = Process.Start(program, arguments);
                process.WaitForExit();
                return process.ExitCode;
            }
        }
        """;
}
