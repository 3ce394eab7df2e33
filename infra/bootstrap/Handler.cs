using System.Reflection;
using System.Runtime.Loader;

namespace Isobar.Bootstrap;

/// <summary>A method of the function's own assembly, found by <c>Assembly::Type::Method</c>.</summary>
internal sealed class Handler
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private readonly object? target;
    private readonly MethodInfo method;
    private readonly Serialization serialization;

    private Handler(object? target, MethodInfo method, Serialization serialization) =>
        (this.target, this.method, this.serialization) = (target, method, serialization);

    /// <param name="main">The assembly whose deps.json says where the function's libraries are.</param>
    /// <exception cref="InvalidOperationException">The handler names nothing that can be called.</exception>
    public static Handler Load(string main, string handler)
    {
        if (handler.Split("::") is not [var assemblyName, var typeName, var methodName])
            throw new InvalidOperationException($"The handler {handler} must be Assembly::Type::Method.");
        var type = LoadAssembly(main, assemblyName).GetType(typeName)
            ?? throw new InvalidOperationException($"There is no type {typeName} in {assemblyName}.");
        var method = type.GetMethods(Any).Where(one => one.Name == methodName).ToArray() switch
        {
            [var only] => only,
            [] => throw new InvalidOperationException($"There is no method {methodName} in {typeName}."),
            _ => throw new InvalidOperationException($"There are several methods {methodName} in {typeName}."),
        };
        var parameters = method.GetParameters();
        if (parameters.Length > 2 || (parameters.Length == 2 && !IsContext(parameters[1])))
            throw new InvalidOperationException($"{typeName}.{methodName} must take an event and a context at most.");
        return new Handler(
            method.IsStatic ? null : Created(type), method, Serialization.Of(method));
    }

    /// <returns>The response; empty when the method returns nothing.</returns>
    public async Task<MemoryStream> InvokeAsync(Invocation invocation)
    {
        object?[] arguments =
        [
            .. method.GetParameters().Select(parameter => IsContext(parameter)
                ? ContextProxy.Create(parameter.ParameterType, invocation)
                : serialization.Read(parameter.ParameterType, invocation.Payload)),
        ];
        object? result;
        try
        {
            result = method.Invoke(target, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
            throw;
        }

        if (result is Task task)
        {
            await task;
            // The compiler's tasks of methods without a result are Task<VoidTaskResult>: the declared type decides.
            result = method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
            return method.ReturnType.IsGenericType
                ? serialization.Write(method.ReturnType.GetGenericArguments()[0], result)
                : new MemoryStream();
        }

        return method.ReturnType == typeof(void) ? new MemoryStream() : serialization.Write(method.ReturnType, result);
    }

    private static bool IsContext(ParameterInfo parameter) =>
        parameter.ParameterType.FullName == "Amazon.Lambda.Core.ILambdaContext";

    private static object Created(Type type)
    {
        try
        {
            return Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    // Into the default context, so that the function sees one world.
    private static Assembly LoadAssembly(string main, string name)
    {
        var resolver = new AssemblyDependencyResolver(main);
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
            resolver.ResolveAssemblyToPath(wanted) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, wanted) =>
            resolver.ResolveUnmanagedDllToPath(wanted) is { } path
                ? System.Runtime.InteropServices.NativeLibrary.Load(path)
                : 0;
        // The names of assemblies have no case, those of files have.
        return name.Equals(Path.GetFileNameWithoutExtension(main), StringComparison.OrdinalIgnoreCase)
            ? AssemblyLoadContext.Default.LoadFromAssemblyPath(main)
            : Assembly.Load(new AssemblyName(name));
    }
}
