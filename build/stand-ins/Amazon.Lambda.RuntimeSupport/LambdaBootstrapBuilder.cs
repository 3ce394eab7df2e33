using System;
using System.IO;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Work to do before the first event is asked for; false ends the process without serving any.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>Wraps a handler of any supported shape into the loop that serves it.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Handler handler;
    private readonly ILambdaSerializer serializer;
    private readonly LambdaBootstrapOptions options = new();
    private LambdaBootstrapInitializer initializer;

    private LambdaBootstrapBuilder(Handler handler, ILambdaSerializer serializer = null)
    {
        this.handler = handler;
        this.serializer = serializer;
    }

    public static LambdaBootstrapBuilder Create(Func<Stream, Task> handler) =>
        new(async (input, _) =>
        {
            await handler(input).ConfigureAwait(false);
            return null;
        });

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) =>
        new(async (input, context) =>
        {
            await handler(input, context).ConfigureAwait(false);
            return null;
        });

    public static LambdaBootstrapBuilder Create(Func<Stream, Task<Stream>> handler) =>
        new((input, _) => handler(input));

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(new Handler(handler));

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        Create<TInput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput>(
        Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(
            async (input, context) =>
            {
                await handler(serializer.Deserialize<TInput>(input), context).ConfigureAwait(false);
                return null;
            },
            serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Create<TInput, TOutput>((input, _) => handler(input), serializer);

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(
            async (input, context) =>
            {
                var result = await handler(serializer.Deserialize<TInput>(input), context).ConfigureAwait(false);
                var output = new MemoryStream();
                serializer.Serialize(result, output);
                output.Position = 0;
                return output;
            },
            serializer);

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options = null)
    {
        options?.Invoke(this.options);
        return this;
    }

    public LambdaBootstrap Build() => new(handler, serializer, initializer, options);
}

/// <summary>Every handler shape, brought to one: null is a response without a body.</summary>
internal delegate Task<Stream> Handler(Stream input, ILambdaContext context);
