export const executablePath: string | undefined;
export const launchOptions: { readonly executablePath: string; readonly args: string[] };
