using System.Reflection;

namespace Isobar.Bootstrap;

/// <summary>The serializer that the handler's <c>[LambdaSerializer]</c> names, on its method or its assembly.</summary>
internal sealed class Serialization
{
    private const string AttributeName = "Amazon.Lambda.Core.LambdaSerializerAttribute";

    private readonly object? serializer;
    private readonly MethodInfo? read;
    private readonly MethodInfo? write;

    private Serialization(object? serializer)
    {
        this.serializer = serializer;
        var contract = serializer?.GetType().GetInterface("Amazon.Lambda.Core.ILambdaSerializer");
        read = contract?.GetMethod("Deserialize");
        write = contract?.GetMethod("Serialize");
    }

    public static Serialization Of(MethodInfo method)
    {
        var attribute = Named(method.GetCustomAttributes(false)) ?? Named(method.DeclaringType!.Assembly
            .GetCustomAttributes(false));
        var type = (Type?)attribute?.GetType().GetProperty("SerializerType")!.GetValue(attribute);
        return new Serialization(type is null ? null : Activator.CreateInstance(type));
    }

    public object? Read(Type type, MemoryStream payload)
    {
        if (type.IsAssignableFrom(typeof(MemoryStream))) return payload;
        return Call(read, type, [payload]);
    }

    public MemoryStream Write(Type type, object? result)
    {
        var response = new MemoryStream();
        if (result is Stream stream) stream.CopyTo(response);
        else Call(write, type, [result, response]);
        return response;
    }

    private object? Call(MethodInfo? method, Type type, object?[] arguments)
    {
        if (method is null)
            throw new InvalidOperationException(
                $"{type} needs a serializer: put [assembly: LambdaSerializer(typeof(…))] into the assembly.");
        try
        {
            return method.MakeGenericMethod(type).Invoke(serializer, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    private static object? Named(object[] attributes) =>
        attributes.FirstOrDefault(attribute => attribute.GetType().FullName == AttributeName);
}
