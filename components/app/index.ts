export { AppDeployment, type AppDeploymentArgs } from "./app-deployment";
