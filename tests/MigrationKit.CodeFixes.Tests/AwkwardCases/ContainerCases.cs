namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 8 to 12: rings and streams that a container creates.</summary>
public sealed class ContainerCases
{
    [Fact]
    public Task A08_AddSingletonOfRing_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton<RingBuffer>();
            }
        }
        """,
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => new BufferPool(slotSizeSamples: 480000, numSlots: 100));
                services.AddSingleton(_ => new TripleBuffer(bufferSize: 48000, channels: 1));
            }
        }
        """,
        "MK0101 review: a container cannot know the size of a block: 48000 frames of one channel are the guide's");

    [Fact]
    public Task A09_TransientAndScopedRings_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddTransient<RingBuffer>();
                services.AddScoped<RingBuffer>();
            }
        }
        """,
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => new BufferPool(slotSizeSamples: 480000, numSlots: 100));
                services.AddTransient(_ => new TripleBuffer(bufferSize: 48000, channels: 1));
                services.AddScoped(_ => new TripleBuffer(bufferSize: 48000, channels: 1));
            }
        }
        """,
        "MK0101 review: a container cannot know the size of a block: 48000 frames of one channel are the guide's");

    [Fact]
    public Task A10_FactoryOfStream_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(sp => new AudioStream(0, 1));
                services.AddSingleton(provider =>
                {
                    var stream = new AudioStream(2, 3, bufferSize: 512);
                    return stream;
                });
                services.AddSingleton(_ => new AudioStream(4, 5));
            }
        }
        """,
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => new BufferPool(slotSizeSamples: 480000, numSlots: 100));
                services.AddSingleton(sp => new AudioStreamV2(0, 1, bufferPool: sp.GetRequiredService<BufferPool>()));
                services.AddSingleton(provider =>
                {
                    var stream = new AudioStreamV2(2, 3, bufferSize: 512, bufferPool: provider.GetRequiredService<BufferPool>());
                    return stream;
                });
                services.AddSingleton(provider => new AudioStreamV2(4, 5, bufferPool: provider.GetRequiredService<BufferPool>()));
            }
        }
        """);

    [Fact]
    public Task A11_InterfaceAndImplementation_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton<IDisposable, AudioStream>();
            }
        }
        """,
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using VoiceForge.Audio;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => new BufferPool(slotSizeSamples: 480000, numSlots: 100));
                // TODO(MigrationKit MK0103): the container cannot know the devices; register a factory that creates the stream.
                services.AddSingleton<IDisposable, AudioStreamV2>();
            }
        }
        """,
        "MK0103 review: a container cannot know the devices of a stream; register a factory that creates it");

    [Fact]
    public Task A12_OtherContainers_Stays() => AwkwardCase.StaysAsync(
        """
        namespace Autofac
        {
            public sealed class ContainerBuilder
            {
                public void RegisterType<T>() => RegisterType(typeof(T));

                public void RegisterType(System.Type type) => System.Console.WriteLine(type);
            }
        }

        namespace App
        {
            using Autofac;
            using VoiceForge.Audio;

            class C
            {
                void Configure(ContainerBuilder builder)
                {
                    builder.RegisterType<RingBuffer>();
                    builder.RegisterType(typeof(AudioStream));
                }
            }
        }
        """,
        "MK0101 manual: the container calls the constructor of 'RingBuffer' by reflection; register a factory",
        "MK0103 manual: the container calls the constructor of 'AudioStream' by reflection; register a factory");
}
