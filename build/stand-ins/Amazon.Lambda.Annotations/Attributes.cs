using System;

namespace Amazon.Lambda.Annotations;

/// <summary>Marks a method as a handler: a class is generated that builds its services and calls it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
}

/// <summary>Marks the one class whose ConfigureServices fills the container of an assembly's handlers.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute
{
}

/// <summary>Settings of all handlers of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Generate a Main that runs the handler named by ANNOTATIONS_HANDLER.</summary>
    public bool GenerateMain { get; set; }
}
