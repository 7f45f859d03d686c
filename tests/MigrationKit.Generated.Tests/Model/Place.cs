namespace MigrationKit.Generated.Model;

/// <summary>Where the body of a program stands.</summary>
public enum Place
{
    InstanceMethod,
    TopLevel,
    Main,
    VoidMain,
    StaticMethod,
    Constructor,
    PropertyGetter,
    StaticInitializer,
    AsyncMethod,
    Dispose,
}
